import type { BatchSource } from '../data/batches.js'
import { evaluationBatch } from '../search/step/session.js'
import type { ReadyNetwork } from '../search/phases/ready-network.js'
import { logitsOf } from '../training/evaluation.js'
import type { StepCache } from '../training/steps.js'
import { buildInference } from './inference/build-inference.js'
import type { InferenceProgram } from './inference/inference-program.js'
import { tolerances, type Expected } from './verify/compare.js'

/** The way from images to logits of a network that is ready. */
export function inferenceOf(
  { network, optionWeights, inputs }: ReadyNetwork,
  { variables }: StepCache,
  foldsNorms: boolean,
): InferenceProgram {
  return buildInference({
    network: network(),
    foldsNorms,
    variable: variables.read,
    input(name) {
      const value = inputs[name]
      return value === undefined
        ? undefined
        : typeof value === 'number'
          ? Float32Array.of(value)
          : Float32Array.from(value)
    },
    ...(optionWeights !== undefined && { weights: optionWeights }),
  })
}

/** What the network makes of the first `count` images. */
export function expectedOf({ network, step, inputs }: ReadyNetwork, batches: BatchSource, count: number): Expected {
  const { input, classes } = network()
  const pixels = input.height * input.width * input.channels
  const images: Float32Array[] = []
  const labels: number[] = []
  const logits: Float32Array[] = []
  for (let index = 0; index < batches.steps && labels.length < count; index++) {
    const batch = batches.batch(0, index)
    const taken = Math.min(batch.count, count - labels.length)
    logits.push(logitsOf(step, batch, evaluationBatch, inputs).slice(0, taken * classes))
    images.push(batch.images.subarray(0, taken * pixels))
    labels.push(...batch.labels.subarray(0, taken))
  }
  return {
    sample: { images: joined(images), count: labels.length, shape: input, classes },
    labels: Int32Array.from(labels),
    logits: joined(logits),
    tolerance: tolerances.trained,
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const part of parts) {
    all.set(part, from)
    from += part.length
  }
  return all
}
