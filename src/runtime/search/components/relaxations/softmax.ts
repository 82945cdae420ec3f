import { softmaxOf } from '../../../operations/softmax.js'
import type { RelaxationComponent } from './relaxation.js'

/** Every option is evaluated; the results are summed with the softmax of the logits (Liu et al., DARTS, eq. 2). */
export const softmax: RelaxationComponent = (read) => {
  const temperature = read.number('temperature', { above: 0 })
  return { bound: { kind: 'mix' }, distribution: { temperature, weights: (logits) => softmaxOf(logits, temperature) } }
}
