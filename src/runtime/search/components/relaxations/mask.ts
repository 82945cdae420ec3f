import { gumbelWeights } from './gumbel.js'
import type { RelaxationComponent } from './relaxation.js'

/**
 * A number of channels is at its largest in the supernet, times the sum of g_i 1_i: 1_i has as many leading ones as option i has
 * channels, g_i is its Gumbel weight (Wan et al., FBNetV2, CVPR 2020, section 3.1). What has no order is mixed.
 */
export const mask: RelaxationComponent = (read) => ({
  bound: ({ values }) => ({ kind: values === undefined ? 'mix' : 'mask' }),
  ...gumbelWeights(read),
})
