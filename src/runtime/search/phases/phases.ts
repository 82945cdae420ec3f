import type { FoundArchitecture, RunOutcome, RunResult } from '../../options.js'
import type { StoredCheckpoint } from '../../run/checkpoint.js'
import type { FinishedArchitecture, JournalEvent } from '../../run/events.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import type { Session } from '../step/session.js'
import { probeOf, readsResults } from '../settings/reads-results.js'
import { derivedIn, derivePhase } from './derive-phase.js'
import { fitPredictorPhase } from './fit-predictor-phase.js'
import { givenPhase } from './given-phase.js'
import { phaseName, type Phase, type PhasePlace, type PhaseStart, type Results } from './phase.js'
import { probePhase } from './probe-phase.js'
import { retrainedIn, retrainPhase } from './retrain-phase.js'
import { searchPhase } from './search-phase.js'
import { stateFromJson, stateToJson, type RunState } from './state.js'
import { testedIn, testPhase } from './test-phase.js'

/** The phases of a run, as far as they are known from what it has come to. */
export function phasesOf({ plan }: Pick<ResolvedSearch, 'plan'>, results: Results): readonly Phase[] {
  const { retrain } = plan
  const derived = derivedIn(results)?.architectures ?? []
  const retrained =
    retrain === undefined ? [] : derived.slice(0, retrain.architectures).map((each) => retrainPhase(each, retrain))
  const fitted = plan.predictor === undefined ? [] : [fitPredictorPhase(plan.predictor)]
  const probe = probeOf(plan)
  const probed = probe === undefined ? [] : [probePhase(probe)]
  const searched = readsResults(plan) ? [derivePhase] : [...fitted, searchPhase, ...probed, derivePhase]
  const found = plan.given === undefined ? searched : [givenPhase(plan.given)]
  return [...found, ...retrained, testPhase]
}

/**
 * Goes through the phases of a run that have no result yet. It begins where the checkpoint says, and depends on nothing
 * else that was done before.
 * @param phases of a run, as far as its results so far tell them
 */
export async function runPhases(
  session: Session,
  checkpoint?: StoredCheckpoint,
  phases: typeof phasesOf = phasesOf,
): Promise<RunOutcome> {
  const state = checkpoint && stateFromJson(checkpoint.state)
  let results = state?.results ?? {}
  let from: PhaseStart | undefined = checkpoint && state?.loop && { loop: state.loop, arrays: checkpoint.arrays }
  const save = (more: Omit<RunState, 'seconds'>, arrays: ReadonlyMap<string, Float32Array>): void => {
    session.directory.saveCheckpoint({ state: stateToJson({ ...more, seconds: session.seconds() }), arrays })
  }
  for (;;) {
    const phase = phases(session.search, results).find((each) => results[phaseName(each)] === undefined)
    if (phase === undefined) return finish(session, results)
    const name = phaseName(phase)
    const before = results
    const context = {
      session,
      results,
      save: (loop: RunState['loop'] & object, arrays: ReadonlyMap<string, Float32Array>) =>
        save({ phase: name, results: before, loop }, arrays),
    }
    const outcome = await phase.run(context, from)
    if (outcome.kind === 'interrupted') return interrupt(session, phase, outcome)
    results = { ...results, [name]: outcome.result }
    from = undefined
    // What the next phases read is among the results, or kept in a folder of its own.
    save({ phase: name, results }, new Map())
  }
}

function finish(session: Session, results: Results): RunOutcome {
  const tested = testedIn(results)
  const architectures = (derivedIn(results)?.architectures ?? []).map(({ name, parameters, macs }) => {
    const accuracies = tested[name]
    return {
      name,
      ...(accuracies?.inherited !== undefined && { derivedAccuracy: accuracies.inherited }),
      ...(accuracies?.retrained !== undefined && { retrainedAccuracy: accuracies.retrained }),
      ...(retrainedIn(results, name) ?? { parameters, macs }),
    }
  })
  const seconds = session.seconds()
  session.record({ type: 'run-finished', architectures, seconds })
  return { kind: 'finished', result: resultOf(session.directory, { architectures, seconds }) }
}

/** What a finished run came to, with the texts of its architectures from the journal. */
export function resultOf(
  run: { readonly path: string; events(): readonly JournalEvent[] },
  { architectures, seconds }: { readonly architectures: readonly FinishedArchitecture[]; readonly seconds: number },
): RunResult {
  const texts = new Map(
    run.events().flatMap((event) => (event.type === 'architecture-derived' ? [[event.name, event.text]] : [])),
  )
  const found = architectures.map((each): FoundArchitecture => ({ ...each, architecture: texts.get(each.name) ?? '' }))
  const [best] = found
  if (best === undefined) throw new Error('the run ended without an architecture')
  const { name: _name, ...result } = best
  return { run: run.path, ...result, architectures: found, seconds }
}

function interrupt(session: Session, { phase, architecture }: Phase, { epoch, step }: PhasePlace): RunOutcome {
  const where = { phase, ...(architecture !== undefined && { architecture }), epoch, step }
  session.record({ type: 'run-interrupted', ...where })
  return { kind: 'interrupted', run: session.directory.path, ...where }
}
