import { numbers, type Primitive } from './primitive.js'

/** `layer_norm`: a batch norm of the transposed map, in which every position is a channel. */
export const layerNorm: Primitive = (context) => {
  const { builder, input, inputShape, batch } = context
  const { height, width, channels } = inputShape
  const rows = builder.one('reshape', [input], { shape: [batch * height * width, channels] })
  const columns = builder.one('transpose', [rows], { order: [1, 0] })
  const attributes = { epsilon: numbers(context, 'epsilon').epsilon, affine: false }
  const normalised = builder.one('batch_norm_train', [columns], attributes)
  const back = builder.one('transpose', [normalised], { order: [1, 0] })
  const [scale, shift] = [context.weight('scale'), context.weight('shift')]
  const scaled = scale === undefined ? back : builder.one('scale_channels', [back, scale])
  const shifted = shift === undefined ? scaled : builder.one('bias_add', [scaled, shift])
  return builder.one('reshape', [shifted], { shape: [batch, height, width, channels] })
}
