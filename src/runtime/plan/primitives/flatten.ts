import type { Primitive } from './primitive.js'

/** `flatten`: all positions and channels in one row. */
export const flatten: Primitive = ({ builder, input, batch, layer: { shape } }) =>
  builder.one('reshape', [input], { shape: [batch, 1, 1, shape.channels] })
