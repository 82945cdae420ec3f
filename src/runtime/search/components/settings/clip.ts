import type { Setting } from './setting.js'
import { updateParts } from './update-parts.js'

/** Greatest Euclidean norm of the gradient of all variables together. */
export const clip = {
  read: (read) => read.number('norm', { above: 0 }),
  parts: updateParts,
  update: (opened, norm) => ({ ...opened, update: { ...opened.update, clip: norm } }),
} satisfies Setting<number>
