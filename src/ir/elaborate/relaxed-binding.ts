import type { Binding } from './decision.js'

/** The supernet in which everything is open: every alternative of every decision, every possible edge. */
export const relaxedBinding: Binding = () => ({ kind: 'mix' })
