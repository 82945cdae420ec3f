import { openSupernet, type Supernet } from '../step/supernet.js'
import { trainSupernet, type TrainingPart } from '../step/train-supernet.js'
import { fittedFor, predictionsFor } from './fit-predictor-phase.js'
import type { Phase, PhaseContext, PhaseOutcome, PhaseStart } from './phase.js'
import { keepWeights, loadWeights, type KeptSupernet } from './weights-files.js'

/** Trains the supernet, and keeps its weights. */
export const searchPhase: Phase<true> = {
  phase: 'search',
  run(context, from) {
    const { session } = context
    const { predictor } = session.search.plan
    const begins = predictor?.settings.pretrain ?? 0
    const stored =
      from?.arrays ?? (begins > 0 ? loadWeights(session.directory, { of: 'pretrained' }) : fittedFor(session))
    const supernet = openSupernet(session, stored, predictionsFor(session))
    return trainPart(context, supernet, { phase: 'search', from: begins }, from, 'supernet')
  },
}

/** Trains the supernet for the epochs after which a predictor is fitted to what its architectures score. */
export function pretrainPhase(until: number): Phase<true> {
  const phase = 'pretraining'
  return {
    phase,
    run: (context, from) =>
      trainPart(context, openSupernet(context.session, from?.arrays), { phase, from: 0, until }, from, 'pretrained'),
  }
}

async function trainPart(
  { session, save }: PhaseContext,
  supernet: Supernet,
  part: TrainingPart,
  from: PhaseStart | undefined,
  kept: KeptSupernet,
): Promise<PhaseOutcome<true>> {
  const { finished, epoch, step } = await trainSupernet(session, supernet, part, from?.loop, save)
  if (!finished) return { kind: 'interrupted', epoch, step }
  keepWeights(session.directory, { of: kept }, supernet.steps.snapshot())
  supernet.steps.dispose()
  return { kind: 'done', result: true }
}
