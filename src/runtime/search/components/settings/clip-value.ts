import type { Setting } from './setting.js'
import { updateParts } from './update-parts.js'

/** Greatest size of an entry of a gradient. */
export const clipValue = {
  read: (read) => read.number('limit', { above: 0 }),
  parts: updateParts,
  update: (opened, limit) => ({ ...opened, update: { ...opened.update, clipValue: limit } }),
} satisfies Setting<number>
