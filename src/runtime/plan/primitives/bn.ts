import { numbers, type Primitive } from './primitive.js'

/**
 * `bn`: batch normalisation. In training and calibration it normalises by the statistics of the batch and moves the
 * running statistics towards them (the variance unbiased, as PyTorch does); in evaluation it reads the running ones.
 */
export const bn: Primitive = (context) => {
  const { builder, input, inputShape, mode } = context
  const scale = context.weight('scale')
  const shift = context.weight('shift')
  const affine = scale !== undefined && shift !== undefined ? [scale, shift] : []
  const { epsilon, momentum } = numbers(context, 'epsilon', 'momentum')
  const attributes = { epsilon, affine: affine.length > 0 }
  if (mode === 'evaluate') {
    const statistics = [context.statistic('mean'), context.statistic('variance')]
    return builder.one('batch_norm_inference', [input, ...statistics, ...affine], attributes)
  }
  const [output, mean, variance] = builder.emit('batch_norm_train', [input, ...affine], attributes)
  if (output === undefined || mean === undefined || variance === undefined) throw new Error('batch_norm_train')
  const count = context.batch * inputShape.height * inputShape.width
  context.follow('mean', { value: mean, factor: 1, momentum })
  context.follow('variance', { value: variance, factor: count / Math.max(1, count - 1), momentum })
  return output
}
