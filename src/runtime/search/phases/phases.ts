import { spreadOf } from '../../../support/statistics.js'
import type { Baseline, FoundArchitecture, RunOutcome, RunResult } from '../../options.js'
import type { StoredCheckpoint } from '../../run/checkpoint.js'
import type { FinishedArchitecture, JournalEvent, RunFinished } from '../../run/events.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import type { Session } from '../step/session.js'
import { hasSupernet, probeOf } from '../settings/judging.js'
import type { PredictorPlan } from '../settings/plan.js'
import { baselineIn, baselinePhase } from './baseline-phase.js'
import { derivedIn, derivePhase, type DerivedArchitecture } from './derive-phase.js'
import { fitPredictorPhase } from './fit-predictor-phase.js'
import { givenPhase } from './given-phase.js'
import { inheritPhase } from './inherit-phase.js'
import { phaseName, type FileOfPhase, type Phase, type PhasePlace, type PhaseStart, type Results } from './phase.js'
import { probePhase } from './probe-phase.js'
import { retrainedIn, retrainPhase } from './retrain-phase.js'
import { scoreRandomPhase } from './score-random-phase.js'
import { pretrainPhase, searchPhase } from './search-phase.js'
import { stateFromJson, stateToJson, type RunState } from './state.js'
import { testedIn, testPhase } from './test-phase.js'

/** The phases of a run, as far as they are known from what it has come to. */
export function phasesOf({ plan }: Pick<ResolvedSearch, 'plan'>, results: Results): readonly Phase[] {
  const { retrain } = plan
  const derived = derivedIn(results)?.architectures ?? []
  const retrained =
    retrain === undefined
      ? []
      : derived.slice(0, retrain.settings.architectures).map((each) => retrainPhase(each, retrain))
  const measured = plan.baseline === undefined || retrain === undefined ? [] : [baselinePhase(plan.baseline)]
  const drawn = retrain === undefined ? [] : baselineIn(results).map((each) => retrainPhase(each, retrain))
  const fitted = plan.predictor === undefined ? [] : fittingPhases(plan.predictor)
  const probe = probeOf(plan)
  const probed = probe === undefined ? [] : [probePhase(probe)]
  const trained = plan.inherit === undefined ? [...fitted, searchPhase, ...probed] : [inheritPhase(plan.inherit)]
  const searched = hasSupernet(plan) ? [...trained, derivePhase] : [derivePhase]
  const found = plan.given === undefined ? searched : [givenPhase(plan.given)]
  return [...found, ...retrained, ...measured, ...drawn, testPhase]
}

/** Files that a program names for a search, as its run reads them. */
export function filesOf(search: ResolvedSearch): readonly FileOfPhase[] {
  return phasesOf(search, {}).flatMap(({ reads }) => reads?.(search) ?? [])
}

/** What comes before the search, or before the part of it that ranks by what is fitted. */
function fittingPhases(predictor: PredictorPlan): readonly Phase[] {
  const { predicts, settings } = predictor
  const observed = predicts === 'scores' ? [pretrainPhase(settings.pretrain), scoreRandomPhase(settings.measure)] : []
  return [...observed, fitPredictorPhase(predictor)]
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
  const architectures = (derivedIn(results)?.architectures ?? []).map((each) => finished(results, each))
  const baseline = baselineIn(results).map((each) => finished(results, each))
  const seconds = session.seconds()
  const came = { architectures, ...(baseline.length > 0 && { baseline }), seconds }
  session.record({ type: 'run-finished', ...came })
  return { kind: 'finished', result: resultOf(session.directory, came) }
}

function finished(results: Results, { name, parameters, macs }: DerivedArchitecture): FinishedArchitecture {
  const accuracies = testedIn(results)[name]
  return {
    name,
    ...(accuracies?.inherited !== undefined && { derivedAccuracy: accuracies.inherited }),
    ...(accuracies?.retrained !== undefined && { retrainedAccuracy: accuracies.retrained }),
    ...(retrainedIn(results, name) ?? { parameters, macs }),
  }
}

/** What a finished run came to, with the texts of its architectures from the journal. */
export function resultOf(
  run: { readonly path: string; events(): readonly JournalEvent[] },
  { architectures, baseline, seconds }: Pick<RunFinished, 'architectures' | 'baseline' | 'seconds'>,
): RunResult {
  const texts = new Map(
    run.events().flatMap((event) => (event.type === 'architecture-derived' ? [[event.name, event.text]] : [])),
  )
  const withText = (each: FinishedArchitecture): FoundArchitecture => ({
    ...each,
    architecture: texts.get(each.name) ?? '',
  })
  const found = architectures.map(withText)
  const [best] = found
  if (best === undefined) throw new Error('the run ended without an architecture')
  const { name: _name, ...result } = best
  return {
    run: run.path,
    ...result,
    architectures: found,
    ...(baseline !== undefined && { baseline: standingOf(best, baseline.map(withText)) }),
    seconds,
  }
}

/** Where the best architecture stands among random ones. */
function standingOf({ retrainedAccuracy = NaN }: FoundArchitecture, drawn: readonly FoundArchitecture[]): Baseline {
  const accuracies = drawn.map((each) => each.retrainedAccuracy ?? NaN)
  return {
    worse: accuracies.filter((each) => each < retrainedAccuracy).length,
    equal: accuracies.filter((each) => each === retrainedAccuracy).length,
    retrainedAccuracy: spreadOf(accuracies),
    architectures: drawn,
  }
}

function interrupt(session: Session, { phase, architecture }: Phase, { epoch, step }: PhasePlace): RunOutcome {
  const where = { phase, ...(architecture !== undefined && { architecture }), epoch, step }
  session.record({ type: 'run-interrupted', ...where })
  return { kind: 'interrupted', run: session.directory.path, ...where }
}
