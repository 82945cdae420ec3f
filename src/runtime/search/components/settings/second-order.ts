import type { Setting } from './setting.js'

/** The choices look one step of the weights ahead (second-order DARTS). */
export const secondOrder = {
  read: (read) => read.boolean('on'),
  parts: { choices: { said: ['search', 'train choices'] } },
} satisfies Setting<boolean>
