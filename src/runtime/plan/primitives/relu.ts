import type { Primitive } from './primitive.js'

/** `relu`: max(x, 0). */
export const relu: Primitive = ({ builder, input }) => builder.one('relu', [input])
