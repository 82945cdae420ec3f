import type { Numbers, OperationDefinition } from './support/definition.js'
import type { ValueId } from '../program/program.js'
import { booleanOf, numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/**
 * batch_norm_train (x[..,c] [, scale[c], shift[c]]) -> (y, mean[c], variance[c], inverse[c]) {epsilon, affine}, with
 * the statistics of the batch: biased variance, inverse = 1 / sqrt(variance + epsilon). Ioffe and Szegedy, ICML 2015.
 * Only `y` has a gradient: the statistics go to running averages and nowhere else.
 */
export const batchNormTrain: OperationDefinition = {
  name: 'batch_norm_train',
  shapes(inputs, attributes) {
    const affine = booleanOf(attributes, 'affine')
    demandCount('batch_norm_train', inputs, affine ? 3 : 1)
    const x = at(inputs, 0)
    const statistics = [lastOf(x)]
    if (affine) {
      demandSame('scale of a batch norm', at(inputs, 1), statistics)
      demandSame('shift of a batch norm', at(inputs, 2), statistics)
    }
    return [x, statistics, statistics, statistics]
  },
  flops: (_, outputs) => 8 * sizeOf(at(outputs, 0)),
  adjoint(context) {
    const { builder, operation, outputGradients, needsGradient } = context
    const dy = outputGradients[0]
    const dmean = outputGradients[1]
    const dvariance = outputGradients[2]
    const dinverse = outputGradients[3]
    if (dmean !== undefined || dvariance !== undefined || dinverse !== undefined) {
      throw new Error('the statistics of a batch norm have no gradient')
    }
    if (dy === undefined || !needsGradient.some((each) => each)) return operation.inputs.map(() => undefined)
    const affine = booleanOf(operation.attributes, 'affine')
    const x = at(operation.inputs, 0)
    const mean = at(operation.outputs, 1)
    const inverse = at(operation.outputs, 3)
    const inputs: ValueId[] = affine ? [x, dy, mean, inverse, at(operation.inputs, 1)] : [x, dy, mean, inverse]
    const gradients = builder.emit('batch_norm_train_gradient', inputs, { affine })
    return gradients.map((gradient, input) => (needsGradient[input] === true ? gradient : undefined))
  },
  reference(inputs, outputs, shapes, attributes) {
    const x = at(inputs, 0)
    const [y, mean, variance, inverse] = [at(outputs, 0), at(outputs, 1), at(outputs, 2), at(outputs, 3)]
    const channels = lastOf(at(shapes.inputs, 0))
    const statistics = channelStatistics(x, channels)
    for (let channel = 0; channel < channels; channel++) {
      const [average, spread] = [at(statistics.mean, channel), at(statistics.variance, channel)]
      const factor = 1 / Math.sqrt(spread + numberOf(attributes, 'epsilon'))
      mean[channel] = average
      variance[channel] = spread
      inverse[channel] = factor
      const [scale, shift] = [inputs[1]?.[channel] ?? 1, inputs[2]?.[channel] ?? 0]
      for (let i = channel; i < x.length; i += channels) y[i] = (at(x, i) - average) * factor * scale + shift
    }
  },
}

/** Mean and biased variance of every channel (last axis). */
export function channelStatistics(x: Numbers, channels: number): { mean: Float64Array; variance: Float64Array } {
  const mean = new Float64Array(channels)
  const variance = new Float64Array(channels)
  const count = x.length / channels
  for (let channel = 0; channel < channels; channel++) {
    let sum = 0
    for (let i = channel; i < x.length; i += channels) sum += at(x, i)
    const average = sum / count
    let squares = 0
    for (let i = channel; i < x.length; i += channels) squares += (at(x, i) - average) ** 2
    mean[channel] = average
    variance[channel] = squares / count
  }
  return { mean, variance }
}
