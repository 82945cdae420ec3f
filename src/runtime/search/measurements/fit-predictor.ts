import type { JournalEvent, PredictorFitted } from '../../run/events.js'
import { runLoop, type Loop, type LoopControl, type LoopState } from '../step/loop.js'
import { baselinesOf } from './baselines.js'
import { openFit, openPredictions, type FitRequest } from './fit.js'
import { qualityOf } from './quality.js'

/** The phase under which its events speak. */
export const fittingPhase = 'fit predictor'

export interface FitContext extends FitRequest {
  readonly control: LoopControl
  readonly record: (event: JournalEvent) => void
  /** Writes a checkpoint. */
  save(state: LoopState, arrays: ReadonlyMap<string, Float32Array>): void
}

export type FitQuality = Omit<PredictorFitted, 'type'>

export type FitOutcome =
  | {
      readonly kind: 'done'
      readonly variables: ReadonlyMap<string, Float32Array>
      readonly quality: FitQuality
      /** Of the architectures that were held out. */
      readonly predictions: readonly number[]
    }
  | { readonly kind: 'interrupted'; readonly epoch: number; readonly step: number }

/** Fits a predictor to its end, and judges it beside the baselines on the architectures that were held out. */
export async function fitPredictor(context: FitContext, start: LoopState): Promise<FitOutcome> {
  const { plan, split, record, control } = context
  const fit = openFit(context)
  const of = { phase: fittingPhase }
  let sum = { loss: 0, steps: 0 }
  const scores = (): { readonly 'loss.predictor': number } => ({ 'loss.predictor': sum.loss / Math.max(1, sum.steps) })
  if (start.done === 0) record({ type: 'phase-started', ...of, epochs: fit.epochs, steps: fit.steps, batch: fit.batch })
  const loop: Loop = {
    ...{ epochs: fit.epochs, steps: fit.steps, images: fit.batch },
    step(at) {
      sum = { loss: sum.loss + fit.step(at), steps: sum.steps + 1 }
      return {}
    },
    progress: ({ epoch, epochs, step, steps }, _, { secondsLeft }) => {
      if (step < steps - 1) return
      record({
        ...{ type: 'phase-progress', ...of, epoch, epochs, step: step + 1, steps },
        ...{ scores: scores(), figures: {}, secondsLeft },
      })
      sum = { loss: 0, steps: 0 }
    },
    endOfEpoch: () => fit.endOfEpoch(),
    save: (state) => context.save(state, fit.snapshot()),
  }
  try {
    const { finished, epoch, step } = await runLoop(loop, start, control)
    if (!finished) return { kind: 'interrupted', epoch, step }
    const variables = fit.fitted()
    const predictions = openPredictions(plan, variables)(split.heldOut.map(({ code }) => code))
    const quality: FitQuality = {
      ...qualityOf(predictions, split.heldOut),
      ...{ predictor: plan.name, fitted: split.fitted.length, heldOut: split.heldOut.length },
      baselines: baselinesOf(split),
    }
    return { kind: 'done', variables, quality, predictions }
  } finally {
    fit.dispose()
  }
}
