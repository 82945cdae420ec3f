import { Failure, type FailureArguments } from '../../catalogue/failure.js'
import type { Expression } from '../../ir/model/expression.js'
import type { Interval } from './interval.js'
import type { Aggregate } from './aggregate.js'
import type { Layer, Quantity } from './layer.js'
import type { PartialArchitecture } from './partial-architecture.js'

/** One condition of a space or of one of its cells; `a and b` are two. */
export interface Constraint {
  /** As it reads. */
  readonly text: string
  readonly test: Expression
  /** Name of the cell in the space, where it is one of a cell's. */
  readonly cell?: string
  /** The `require` that it is a part of. */
  readonly require: object
  /** Costs that it speaks of; empty where it is settled without them. */
  readonly costs: readonly Quantity[]
  /** Whether it speaks of a decision, in an aggregate or outside of one. */
  readonly mentions: (path: string) => boolean
  readonly aggregates: readonly Aggregate[]
  /** Whether it must know what a decision takes when it is tested. */
  readonly needs: (path: string) => boolean
  /** Whether a layer settles something that it speaks of. */
  readonly concerns: (layer: Layer) => boolean
  /** A condition that is neither true nor false, because it speaks of a decision that does not exist there, holds. */
  readonly holds: (known: PartialArchitecture) => boolean
  /** The interval of its only cost, where it is one. */
  readonly interval?: Interval
}

/** A condition that has no value for some options. */
export class RequireFailure extends Failure {
  constructor(
    /** The `require` that it is a part of. */
    readonly require: object,
    ...failure: FailureArguments
  ) {
    super(...failure)
  }
}
