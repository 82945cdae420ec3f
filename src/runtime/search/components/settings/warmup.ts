import { warmedUp, type Warmup } from '../schedules/warmup.js'
import type { Setting } from './setting.js'
import { updateParts } from './update-parts.js'

/** How a learning rate begins; absent: as its schedule says. */
export const warmup = {
  read: (read) => ({ epochs: read.number('epochs', { least: 0 }), from: read.number('from', { least: 0, most: 1 }) }),
  parts: updateParts,
  update: (opened, by) => ({ ...opened, learningRate: warmedUp(opened.learningRate, by) }),
} satisfies Setting<Warmup>
