import { numbersOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, show } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'
import { offsetOf, stridesOf, walk } from './support/strides.js'

/** slice (x) -> y {begin, size}: a block of x. */
export const slice: OperationDefinition = {
  name: 'slice',
  shapes(inputs, attributes) {
    demandCount('slice', inputs, 1)
    const x = at(inputs, 0)
    const begin = numbersOf(attributes, 'begin')
    const size = numbersOf(attributes, 'size')
    const fits = x.every((all, axis) => at(begin, axis) >= 0 && at(begin, axis) + at(size, axis) <= all)
    if (x.length > 4 || begin.length !== x.length || size.length !== x.length || !fits) {
      throw new Error(`slice: ${show(size)} at ${show(begin)} is no part of ${show(x)}`)
    }
    return [size]
  },
  adjoint(context) {
    const begin = numbersOf(context.operation.attributes, 'begin')
    const shape = inputShape(context, 0)
    return [gradientFor(context, 0, (dy) => context.builder.one('embed', [dy], { begin, shape }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const [strides, size] = [stridesOf(at(shapes.inputs, 0)), at(shapes.outputs, 0)]
    const start = offsetOf(numbersOf(attributes, 'begin'), strides)
    walk(size, strides, stridesOf(size), (a, b) => {
      y[b] = at(x, start + a)
    })
  },
}
