import type { Failure } from './failure.js'

/** Why a search cannot be run as its file says: what a run finds out before it trains, and a check shows in the text. */
export interface Refusal {
  readonly search: string
  /** Absent: without one. */
  readonly scale?: string
  readonly failure: Failure
  /** Where the program says what it is about; absent: where the failure says. */
  readonly place?: RefusedPlace
}

/** A text that is an argument of a component of a search. */
export interface RefusedPlace {
  readonly text: string
  /** `score`, `predictor latency` */
  readonly clause: string
  readonly component: string
  readonly argument: string
}
