import type { OfPhase } from '../../run/events.js'
import type { Json } from '../../run/json.js'
import type { LoopState } from '../step/loop.js'
import type { Session } from '../step/session.js'

/**
 * A part of a run that comes to one result. It depends on nothing but the results of phases before it, the weights that they
 * kept, and where it was itself when a checkpoint was saved.
 */
export interface Phase<Result extends Json = Json> extends OfPhase {
  /** @param from where a checkpoint left it; absent: it begins */
  run(context: PhaseContext, from?: PhaseStart): Promise<PhaseOutcome<Result>>
}

/** Unique in a run: `search`, `retrain derived`. */
export function phaseName({ phase, architecture }: OfPhase): string {
  return architecture === undefined ? phase : `${phase} ${architecture}`
}

/** What the phases before came to, by {@link phaseName}. */
export type Results = Readonly<Record<string, Json>>

export interface PhaseContext {
  readonly session: Session
  readonly results: Results
  /** Writes a checkpoint of this phase. */
  readonly save: (loop: LoopState, arrays: ReadonlyMap<string, Float32Array>) => void
}

export interface PhaseStart {
  readonly loop: LoopState
  readonly arrays: ReadonlyMap<string, Float32Array>
}

export type PhaseOutcome<Result> =
  { readonly kind: 'done'; readonly result: Result } | ({ readonly kind: 'interrupted' } & PhasePlace)

/** Where an interrupted phase stands: epochs done, and steps done in the epoch after them. */
export interface PhasePlace {
  readonly epoch: number
  readonly step: number
}
