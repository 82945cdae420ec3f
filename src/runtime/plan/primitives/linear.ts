import { demandWeight, withBias, type Primitive } from './primitive.js'

/** `linear`: fully connected layer on the flattened input; a 1 x 1 map of `features` channels comes out. */
export const linear: Primitive = (context) => {
  const { builder, input, inputShape, batch, layer } = context
  const flat = builder.one('reshape', [input], {
    shape: [batch, inputShape.height * inputShape.width * inputShape.channels],
  })
  const product = builder.one('matmul', [flat, demandWeight(context, 'kernel')], {
    transposeA: false,
    transposeB: false,
  })
  return builder.one('reshape', [withBias(context, product)], { shape: [batch, 1, 1, layer.shape.channels] })
}
