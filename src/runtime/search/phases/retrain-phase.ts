import { loopStart } from '../step/loop.js'
import type { RetrainPlan } from '../settings/plan.js'
import { architectureFrom } from '../step/architecture-from.js'
import type { DerivedArchitecture } from './derive-phase.js'
import { phaseName, type Phase, type Results } from './phase.js'
import { openRetraining, retrain } from './retrain.js'
import { keepWeights } from './weights-files.js'

/** The network that was trained from scratch, without an auxiliary head. */
export type RetrainResult = {
  readonly parameters: number
  readonly macs: number
}

const phase = 'retrain'

/** What the retraining of an architecture came to; undefined where there was none. */
export function retrainedIn(results: Results, architecture: string): RetrainResult | undefined {
  return results[phaseName({ phase, architecture })] as RetrainResult | undefined
}

/** Trains a derived architecture from scratch, and keeps its weights. */
export function retrainPhase({ name, selected }: DerivedArchitecture, plan: RetrainPlan): Phase<RetrainResult> {
  return {
    phase,
    architecture: name,
    async run({ session, save }, from) {
      const architecture = architectureFrom(session.search, selected)
      const retraining = openRetraining(session, plan, name, architecture, from?.arrays)
      const { finished, epoch, step } = await retrain(session, retraining, from?.loop ?? loopStart, save)
      if (!finished) return { kind: 'interrupted', epoch, step }
      keepWeights(session.directory, { of: 'retrained', architecture: name }, retraining.steps.snapshot())
      retraining.steps.dispose()
      const { parameters, macs } = retraining.cost
      return { kind: 'done', result: { parameters, macs } }
    },
  }
}
