import type { ComponentUse } from '../component-use.js'
import { withLearningRate } from './lr.js'
import type { Setting } from './setting.js'

/** Learning rate of the choices where it stands among the settings of the search: before the one of their clause. */
export const choiceLr = {
  read: (read) => read.component('schedule'),
  parts: { choices: { said: ['search'] } },
  optimiser: withLearningRate,
} satisfies Setting<ComponentUse>
