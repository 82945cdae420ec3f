import type { Batch, BatchSource } from '../data/batches.js'
import { logSumExp } from '../operations/support/log-sum-exp.js'
import type { FeedValue } from './feeds/feed.js'
import { runStep, type PreparedStep } from './steps.js'

export interface EvaluationScore {
  /** Mean cross-entropy in nats per image. */
  readonly loss: number
  readonly accuracy: number
  readonly samples: number
}

/** What a step reads beside images and labels, alike in every batch. */
export type ConstantInputs = Readonly<Record<string, FeedValue>>

/**
 * Classifies every image once with running statistics. Loss and hits are computed here in double precision from the
 * logits.
 * @param step planned with mode `evaluate`
 */
export async function evaluateOn(
  step: PreparedStep,
  batches: BatchSource,
  size: number,
  inputs: ConstantInputs = {},
): Promise<EvaluationScore> {
  let loss = 0
  let hits = 0
  let samples = 0
  for (let index = 0; index < batches.steps; index++) {
    const batch = batches.batch(0, index)
    const { labels, count } = batch
    const logits = logitsOf(step, batch, size, inputs)
    const classes = logits.length / count
    for (let image = 0; image < count; image++) {
      const row = logits.subarray(image * classes, (image + 1) * classes)
      const label = labels[image] ?? 0
      loss += crossEntropy(row, label)
      if (firstMaximum(row) === label) hits++
    }
    samples += count
    await yieldToEventLoop()
  }
  return { loss: loss / samples, accuracy: hits / samples, samples }
}

/**
 * Logits `[count, classes]` of a batch, which hold until the step runs again. A batch that is smaller than the step is filled up with
 * blank images, which do not count.
 * @param step planned with mode `evaluate`, for `size` images
 */
export function logitsOf(step: PreparedStep, batch: Batch, size: number, inputs: ConstantInputs): Float32Array {
  runStep(step, { ...inputs, ...filledBatch(batch, size) })
  const logits = step.executable.read('logits')
  return logits.subarray(0, (logits.length / size) * batch.count)
}

/**
 * Replaces the running statistics of a network's batch norms by their means over training batches.
 * @param step planned with mode `calibrate`
 * @returns images used
 */
export async function calibrateOn(
  step: PreparedStep,
  batches: BatchSource,
  count: number,
  inputs: ConstantInputs = {},
): Promise<number> {
  let images = 0
  for (let index = 0; index < Math.min(count, batches.steps); index++) {
    const batch = batches.batch(0, index)
    runStep(step, { ...inputs, images: batch.images, labels: batch.labels, calibrationMomentum: 1 / (index + 1) })
    images += batch.count
    await yieldToEventLoop()
  }
  return images
}

/** Lets signals and timers have their turn between two steps. */
export function yieldToEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

function crossEntropy(logits: Float32Array, label: number): number {
  return logSumExp(logits) - (logits[label] ?? 0)
}

function firstMaximum(values: Float32Array): number {
  let best = 0
  values.forEach((value, index) => {
    if (value > (values[best] ?? 0)) best = index
  })
  return best
}

/** A batch of so many images: what it lacks are blank ones. */
function filledBatch({ images, labels, count }: Batch, size: number): Pick<Batch, 'images' | 'labels'> {
  return { images: filled(images, count, size), labels: filledLabels(labels, size) }
}

function filled(images: Float32Array, count: number, size: number): Float32Array {
  if (count === size) return images
  const full = new Float32Array((images.length / count) * size)
  full.set(images)
  return full
}

function filledLabels(labels: Int32Array, size: number): Int32Array {
  if (labels.length === size) return labels
  const full = new Int32Array(size)
  full.set(labels)
  return full
}
