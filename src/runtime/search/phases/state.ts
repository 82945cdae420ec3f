import type { Json } from '../../run/json.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import type { LoopState } from '../step/loop.js'

/** What a checkpoint says beside the variables: the phase, and how far it is. */
export type RunState = SearchState | RetrainState

export interface SearchState {
  readonly phase: 'search'
  readonly loop: LoopState
  readonly seconds: number
}

export interface RetrainState {
  readonly phase: 'retrain'
  readonly loop: LoopState
  readonly seconds: number
  readonly derived: DerivedSummary
}

/** What the search came to: the retraining starts from this alone. */
export interface DerivedSummary {
  readonly taken: SelectedOptions
  /** With inherited weights, on the test images. */
  readonly accuracy: number
  /** Of the network that stands alone, under the params of the search. */
  readonly parameters: number
  readonly macs: number
}

/** As the JSON of a checkpoint. */
export function stateToJson(state: RunState): Json {
  // Written by `JSON.stringify`, an interface of plain values is JSON; TypeScript sees that of type aliases alone.
  return state as unknown as Json
}

/** The checksum of a checkpoint has proved that this is what {@link stateToJson} was given. */
export function stateFromJson(json: Json): RunState {
  return json as unknown as RunState
}
