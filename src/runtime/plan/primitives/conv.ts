import { demandWeight, numbers, withBias, type Primitive } from './primitive.js'

/** `conv`: 2-D convolution, with a bias if it has one. */
export const conv: Primitive = (context) => {
  const attributes = numbers(context, 'stride', 'dilation', 'groups')
  return withBias(context, context.builder.one('conv2d', [context.input, demandWeight(context, 'kernel')], attributes))
}
