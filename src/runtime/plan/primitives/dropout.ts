import { numbers, type Primitive } from './primitive.js'

/** `dropout`: in training, times a mask that the caller draws for every value. */
export const dropout: Primitive = (context) => {
  const { builder, input, mode } = context
  const { rate } = numbers(context, 'rate')
  if (mode !== 'train' || rate === 0) return input
  return builder.one('multiply', [input, context.randomMask(builder.shape(input), rate)])
}

/** `drop_path`: in training, times a mask that the caller draws for every image. */
export const dropPath: Primitive = (context) => {
  const { builder, input, mode, batch } = context
  const { rate } = numbers(context, 'rate')
  if (mode !== 'train' || rate === 0) return input
  return builder.one('drop_path', [input, context.randomMask([batch], rate)])
}
