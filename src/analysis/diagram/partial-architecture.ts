import type { Decision } from '../../space/decisions/decision.js'
import type { SelectedOptions } from './decision-tree.js'
import type { Quantity } from './layer.js'

/** What is known of an architecture. */
export interface PartialArchitecture {
  readonly selected: SelectedOptions
  readonly decisions: ReadonlyMap<string, Decision>
  readonly progress?: unknown
  readonly cost?: (quantity: Quantity) => number
  /** Aggregates as far as they are added up, by key; absent: they are computed from what is selected. */
  readonly aggregates?: ReadonlyMap<string, number>
}
