import type { TextFiles } from '../../../support/text-files.js'
import type { OfPhase } from '../../run/events.js'
import type { Json } from '../../run/json.js'
import type { NamedFile } from '../components/named-file.js'
import type { Images } from '../measurements/measured-space.js'
import type { LoopState } from '../step/loop.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import type { Session } from '../step/session.js'

/**
 * A part of a run that comes to one result. It depends on nothing but the results of phases before it, the weights that they
 * kept, and where it was itself when a checkpoint was saved.
 */
export interface Phase<Result extends Json = Json> extends OfPhase {
  /** Files that the program names for it: looked at by a run before it trains, and by a check. */
  readonly reads?: (search: ResolvedSearch) => readonly FileOfPhase[]
  /** @param from where a checkpoint left it; absent: it begins */
  run(context: PhaseContext, from?: PhaseStart): Promise<PhaseOutcome<Result>>
}

export interface FileOfPhase {
  readonly file: NamedFile
  /**
   * @param images of the run; absent: they are not known
   * @throws Failure where the phase would refuse it
   */
  readonly check: (files: TextFiles, images?: Images) => void
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
