import type { Setting } from './setting.js'

/** Greatest Euclidean norm of the gradient of all variables together. */
export const clip = {
  read: (read) => read.number('norm', { above: 0 }),
  parts: {
    weights: { said: ['search', 'train weights'] },
    choices: { said: ['train choices'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  update: (opened, norm) => ({ ...opened, update: { ...opened.update, clip: norm } }),
} satisfies Setting<number>
