import type { Json } from '../../run/json.js'
import type { LoopState } from '../step/loop.js'
import type { Results } from './phase.js'

/** What a checkpoint says beside the variables: the phase, and how far it is. */
export interface RunState {
  readonly phase: string
  /** Of the phases that are done. */
  readonly results: Results
  /** Absent: the phase has just ended, and its result stands among the others. */
  readonly loop?: LoopState
  readonly seconds: number
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
