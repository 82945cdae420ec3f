import { plainSoftmax } from '../../../plan/emission.js'
import type { RelaxationComponent } from './relaxation.js'

/**
 * One logit per edge: the edges of a node are summed with their softmax, so that what an edge is worth does not hang on
 * which channels were sampled (Xu et al., PC-DARTS, ICLR 2020, eq. 2).
 */
export const edgeNormalisation: RelaxationComponent = () => ({
  bound: () => ({ kind: 'mix' }),
  emission: () => plainSoftmax,
})
