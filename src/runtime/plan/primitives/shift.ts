import { numbers, type Primitive } from './primitive.js'

/** `shift`: the map moved up and to the left. */
export const shift: Primitive = (context) =>
  context.builder.one('shift2d', [context.input], numbers(context, 'down', 'right'))
