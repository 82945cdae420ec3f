import { numbers, type Primitive } from './primitive.js'

/** `max_pool`: maximum over a window. */
export const maxPool: Primitive = (context) =>
  context.builder.one('max_pool2d', [context.input], numbers(context, 'kernel', 'stride'))

/** `avg_pool`: mean over the part of a window inside the map. */
export const avgPool: Primitive = (context) =>
  context.builder.one('avg_pool2d', [context.input], numbers(context, 'kernel', 'stride'))

/** `global_pool`: mean over all positions. */
export const globalPool: Primitive = ({ builder, input }) => builder.one('global_avg_pool', [input])
