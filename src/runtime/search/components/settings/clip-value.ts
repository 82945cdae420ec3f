import type { Setting } from './setting.js'

/** Greatest size of an entry of a gradient. */
export const clipValue = {
  read: (read) => read.number('limit', { above: 0 }),
  parts: {
    weights: { said: ['search', 'train weights'] },
    choices: { said: ['train choices'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  update: (opened, limit) => ({ ...opened, update: { ...opened.update, clipValue: limit } }),
} satisfies Setting<number>
