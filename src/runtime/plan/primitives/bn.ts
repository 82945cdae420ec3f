import type { ValueId } from '../../program/program.js'
import { numbers, type LayerContext, type Primitive } from './primitive.js'

/**
 * `bn`: batch normalisation. In training and calibration it normalises by the statistics of the batch and moves the
 * running statistics towards them (the variance unbiased, as PyTorch does); in evaluation it reads the running ones.
 */
export const bn: Primitive = (context) => {
  const { builder, input, mode } = context
  const [scale, shift] = [context.weight('scale'), context.weight('shift')]
  const affine = scale !== undefined && shift !== undefined ? [scale, shift] : []
  const attributes = { epsilon: numbers(context, 'epsilon').epsilon, affine: affine.length > 0 }
  const [mean, variance] = [context.statistic('mean'), context.statistic('variance')]
  if (mode === 'evaluate') return builder.one('batch_norm_inference', [input, mean, variance, ...affine], attributes)
  const [output, batchMean, batchVariance] = builder.emit('batch_norm_train', [input, ...affine], attributes)
  if (output === undefined || batchMean === undefined || batchVariance === undefined)
    throw new Error('batch_norm_train')
  const count = context.batch * context.inputShape.height * context.inputShape.width
  follow(context, mean, batchMean, 1)
  follow(context, variance, batchVariance, count / Math.max(1, count - 1))
  return output
}

function follow(context: LayerContext, running: ValueId, value: ValueId, factor: number): void {
  const { builder, mode } = context
  const momentum = mode === 'calibrate' ? 1 : numbers(context, 'momentum').momentum
  const weight = mode === 'calibrate' ? [builder.input('calibrationMomentum', [])] : []
  builder.emit('moving_average', [running, value, ...weight], { momentum, factor })
}
