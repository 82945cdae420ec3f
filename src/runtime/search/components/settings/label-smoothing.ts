import { crossEntropyObjective } from '../../../plan/objective.js'
import type { Setting } from './setting.js'

/** Share of the label that is spread evenly over all classes; absent: that of what the search minimises. */
export const labelSmoothing = {
  read: (read) => read.number('share', { least: 0, most: 1 }),
  parts: { retrain: { said: ['retrain'] } },
  step: (share) => () => ({ objective: crossEntropyObjective(share) }),
} satisfies Setting<number>
