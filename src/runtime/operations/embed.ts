import { numbersOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, show } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'
import { offsetOf, stridesOf, walk } from './support/strides.js'

/** embed (x) -> y {begin, shape}: x is a block of y, the rest of which is zeros. */
export const embed: OperationDefinition = {
  name: 'embed',
  shapes(inputs, attributes) {
    demandCount('embed', inputs, 1)
    const x = at(inputs, 0)
    const begin = numbersOf(attributes, 'begin')
    const shape = numbersOf(attributes, 'shape')
    const fits = x.every((size, axis) => at(begin, axis) >= 0 && at(begin, axis) + size <= at(shape, axis))
    if (x.length > 4 || begin.length !== x.length || shape.length !== x.length || !fits) {
      throw new Error(`embed: ${show(x)} at ${show(begin)} is no part of ${show(shape)}`)
    }
    return [shape]
  },
  adjoint(context) {
    const begin = numbersOf(context.operation.attributes, 'begin')
    const size = inputShape(context, 0)
    return [gradientFor(context, 0, (dy) => context.builder.one('slice', [dy], { begin, size }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const [strides, size] = [stridesOf(at(shapes.outputs, 0)), at(shapes.inputs, 0)]
    const start = offsetOf(numbersOf(attributes, 'begin'), strides)
    y.fill(0)
    walk(size, stridesOf(size), strides, (a, b) => {
      y[start + b] = at(x, a)
    })
  },
}
