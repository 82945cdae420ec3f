import type { Primitive } from './primitive.js'

/** `identity`: the input itself. */
export const identity: Primitive = ({ input }) => input
