import { demandWeight, numbers, type Primitive } from './primitive.js'

/** `depthwise`: depthwise 2-D convolution. */
export const depthwise: Primitive = (context) =>
  context.builder.one(
    'depthwise2d',
    [context.input, demandWeight(context, 'kernel')],
    numbers(context, 'stride', 'dilation'),
  )
