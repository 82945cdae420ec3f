import type { Batch } from '../../data/batches.js'
import { Failure } from '../../../catalogue/failure.js'
import { runStep, type PreparedStep } from '../../training/steps.js'
import type { Tally } from './tally.js'

/** Inputs of a training step beside the batch. */
export interface StepInputs {
  readonly learningRate: number
  /** From 1. */
  readonly step: number
  readonly masks?: Readonly<Record<string, Float32Array>>
}

/**
 * Runs one training step.
 * @throws Failure NAS7520 if the loss is no finite number
 */
export function trainOn(prepared: PreparedStep, batch: Batch, inputs: StepInputs, what: string): Tally {
  const { images, labels } = batch
  runStep(prepared, { images, labels, learningRate: inputs.learningRate, step: inputs.step, ...inputs.masks })
  const loss = prepared.executable.read('loss')[0] ?? NaN
  const hits = prepared.executable.read('correct')[0] ?? 0
  if (!Number.isFinite(loss)) {
    throw new Failure('diverged', { what, loss, step: inputs.step })
  }
  return { loss: loss * batch.count, hits, images: batch.count }
}
