import type { Failure } from './failure.js'

/** Why a search cannot be run as its file says: what a run finds out before it trains, and a check shows in the text. */
export interface Refusal {
  readonly search: string
  /** Absent: without one. */
  readonly scale?: string
  readonly failure: Failure
}
