import type { Setting } from '../../../../../src/runtime/search/components/settings/setting.js'

/** The learning rate of the weights is so many times smaller than its schedule says. */
export const slower = {
  read: (read) => read.number('by', { above: 0 }),
  parts: { weights: { said: ['train weights'] } },
  update: ({ update, learningRate }, by) => ({ update, learningRate: { at: (at) => learningRate.at(at) / by } }),
} satisfies Setting<number>
