import type { ComponentUse } from '../component-use.js'
import type { Setting } from './setting.js'

/** Learning rate, in place of the optimiser's own. */
export const lr = {
  read: (read) => read.component('schedule'),
  parts: {
    weights: { said: ['search', 'train weights'] },
    choices: { said: ['train choices'] },
    retrain: { said: ['retrain'] },
  },
  optimiser: withLearningRate,
} satisfies Setting<ComponentUse>

export function withLearningRate(by: ComponentUse, schedule: ComponentUse): ComponentUse {
  return { ...by, arguments: { ...by.arguments, lr: schedule } }
}
