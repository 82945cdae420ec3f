import type { Bound } from '../../../../space/values/binding.js'
import type { ArgumentReader } from '../reader.js'

/** How an open choice is evaluated inside the supernet. */
export interface Relaxation {
  /** What the decision is bound to when the supernet is built. */
  readonly bound: Bound
  /** Absent: the decision has no variables of its own; what it comes to follows from others. */
  readonly distribution?: Distribution
}

/** Trained logits, one per option, turned into weights. */
export interface Distribution {
  readonly temperature: number
  /** Weight of every option. */
  weights(logits: ArrayLike<number>): readonly number[]
}

export type RelaxationComponent = (read: ArgumentReader) => Relaxation
