import type { ObjectiveComponent } from './objective.js'

/** Mean cross-entropy between the labels and the softmax of the logits. */
export const crossEntropy: ObjectiveComponent = (read) => ({
  smoothing: read.number('smoothing', { least: 0, most: 1 }),
})
