import { crossEntropyObjective } from '../../../plan/objective.js'
import type { ObjectiveComponent } from './objective.js'

/** Mean cross-entropy between the labels and the softmax of the logits. */
export const crossEntropy: ObjectiveComponent = (read) => {
  const smoothing = read.number('smoothing', { least: 0, most: 1 })
  return { emission: crossEntropyObjective(smoothing), smoothing }
}
