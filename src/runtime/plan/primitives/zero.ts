import type { Primitive } from './primitive.js'

/** `zero`: zeros. */
export const zero: Primitive = ({ builder, batch, layer: { shape } }) =>
  builder.one('zeros', [], { shape: [batch, shape.height, shape.width, shape.channels] })
