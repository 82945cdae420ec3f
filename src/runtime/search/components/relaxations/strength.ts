import type { RelaxationComponent } from './relaxation.js'

/**
 * All inputs of a node are summed during the search; which of them stay is read off the weights of their operations at
 * the end (Liu et al., DARTS, section 2.4), so the choice has no variables.
 */
export const strength: RelaxationComponent = () => ({ bound: () => ({ kind: 'mix' }) })
