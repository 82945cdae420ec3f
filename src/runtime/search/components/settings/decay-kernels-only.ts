import type { Setting } from './setting.js'

/** Weight decay leaves out all but kernels. */
export const decayKernelsOnly = {
  read: (read) => read.boolean('on'),
  parts: {
    weights: { said: ['train weights'] },
    retrain: { said: ['retrain'], inherits: 'weights' },
  },
  update({ update, learningRate }, on) {
    const optimiser = on ? { ...update.optimiser, decaysKernelsOnly: true } : update.optimiser
    return { update: { ...update, optimiser }, learningRate }
  },
} satisfies Setting<boolean>
