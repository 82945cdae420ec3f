import type { Expression } from '../../ir/model/expression.js'
import type { Decision } from '../../space/values/decision.js'
import type { SelectedOptions } from './decision-tree.js'
import type { Interval } from './interval.js'
import type { QuantityName, Layer } from './layer.js'

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
  readonly costs: readonly QuantityName[]
  /** Whether it must know what a decision takes. */
  readonly needs: (path: string) => boolean
  /** Whether a layer settles something that it speaks of. */
  readonly concerns: (layer: Layer) => boolean
  /** A condition about a decision that does not exist there holds. */
  readonly holds: (known: PartialArchitecture) => boolean
  /** The interval of its only cost, where it is one. */
  readonly interval?: Interval
}

/** What is known of an architecture. */
export interface PartialArchitecture {
  readonly selected: SelectedOptions
  readonly decisions: ReadonlyMap<string, Decision>
  readonly progress?: unknown
  readonly cost?: (name: QuantityName) => number
}
