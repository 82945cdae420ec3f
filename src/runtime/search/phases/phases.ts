import type { RunOutcome, RunResult } from '../../options.js'
import type { StoredCheckpoint } from '../../run/checkpoint.js'
import { architectureFrom } from './architecture-from.js'
import { derivedName, deriveAndTest, printDerived } from './derived.js'
import { openSupernet, searchDifferentiably } from '../step/differentiable.js'
import { loopStart, type LoopOutcome, type LoopState } from '../step/loop.js'
import { evaluateStandalone, openRetraining, retrain } from './retrain.js'
import type { Session } from '../step/session.js'
import { stateFromJson, stateToJson, type DerivedSummary } from './state.js'
import { keepWeights } from './weights-files.js'

/**
 * Goes through the phases of a run: search, derivation, test of the derived network with inherited weights, retraining,
 * test. It begins where the checkpoint says, and depends on nothing else that was done before.
 */
export async function runPhases(session: Session, checkpoint?: StoredCheckpoint): Promise<RunOutcome> {
  const state = checkpoint && stateFromJson(checkpoint.state)
  if (state?.phase === 'retrain') return retrainAndTest(session, state.derived, state.loop, checkpoint?.arrays)
  const supernet = openSupernet(session, checkpoint?.arrays)
  const search = await searchDifferentiably(session, supernet, state?.loop ?? loopStart, (loop, arrays) => {
    const json = stateToJson({ phase: 'search', loop, seconds: session.seconds() })
    session.directory.saveCheckpoint({ state: json, arrays })
  })
  if (!search.finished) return interrupt(session, 'search', search)
  const derived = await deriveAndTest(session, supernet)
  supernet.steps.dispose()
  return retrainAndTest(session, derived, loopStart)
}

async function retrainAndTest(
  session: Session,
  derived: DerivedSummary,
  start: LoopState,
  stored?: ReadonlyMap<string, Float32Array>,
): Promise<RunOutcome> {
  const { search, directory, data } = session
  const { plan } = search
  const architecture = architectureFrom(search, derived.taken)
  const result = { architecture: printDerived(search, architecture), derivedAccuracy: derived.accuracy }
  if (plan.retrain === undefined) {
    return finish(session, { ...result, parameters: derived.parameters, macs: derived.macs })
  }

  const retraining = openRetraining(session, plan.retrain, derivedName, architecture, stored)
  const training = await retrain(session, retraining, start, (loop, arrays) => {
    const state = stateToJson({ phase: 'retrain', loop, seconds: session.seconds(), derived })
    directory.saveCheckpoint({ state, arrays })
  })
  if (!training.finished) return interrupt(session, 'retrain', training)
  keepWeights(directory, 'retrained', retraining.steps.snapshot())
  const score = await evaluateStandalone(search, plan.retrain, architecture, data, retraining.steps)
  session.record({ type: 'evaluation', architecture: derivedName, weights: 'retrained', split: 'test', ...score })
  retraining.steps.dispose()
  const { parameters, macs } = retraining.cost
  return finish(session, { ...result, retrainedAccuracy: score.accuracy, parameters, macs })
}

function finish(session: Session, result: Omit<RunResult, 'run' | 'seconds'>): RunOutcome {
  const seconds = session.seconds()
  session.record({ type: 'run-finished', ...result, architecture: derivedName, seconds })
  return { kind: 'finished', result: { run: session.directory.path, ...result, seconds } }
}

function interrupt(session: Session, phase: 'search' | 'retrain', { epoch, step }: LoopOutcome): RunOutcome {
  session.record({ type: 'run-interrupted', phase, epoch, step })
  return { kind: 'interrupted', run: session.directory.path, phase, epoch, step }
}
