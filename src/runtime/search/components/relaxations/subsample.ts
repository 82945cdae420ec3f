import { gumbelWeights } from './gumbel.js'
import type { RelaxationComponent } from './relaxation.js'

/**
 * A resolution is at its largest in the supernet: every layer runs on the nearest subsample of its input at each option, its results
 * are scattered to the places that they were taken from, and summed with Gumbel weights (Wan et al., FBNetV2, CVPR 2020, section
 * 3.2). What has no order is mixed.
 */
export const subsample: RelaxationComponent = (read) => ({
  bound: ({ values }) => ({ kind: values === undefined ? 'mix' : 'subsample' }),
  ...gumbelWeights(read),
})
