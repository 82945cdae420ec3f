import { numbersOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, show } from './support/element.js'
import { gradientFor } from './support/gradient.js'
import { stridesOf, walk } from './support/strides.js'

/** transpose (x) -> y {order}: axis i of y is axis order[i] of x. */
export const transpose: OperationDefinition = {
  name: 'transpose',
  shapes(inputs, attributes) {
    demandCount('transpose', inputs, 1)
    const x = at(inputs, 0)
    const order = numbersOf(attributes, 'order')
    if (x.length > 4 || order.length !== x.length || new Set(order).size !== x.length) {
      throw new Error(`transpose: order ${order.join()} of ${show(x)}`)
    }
    return [order.map((axis) => at(x, axis))]
  },
  adjoint(context) {
    const order = numbersOf(context.operation.attributes, 'order')
    const inverse = order.map((_, axis) => order.indexOf(axis))
    return [gradientFor(context, 0, (dy) => context.builder.one('transpose', [dy], { order: inverse }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const strides = stridesOf(at(shapes.inputs, 0))
    const out = at(shapes.outputs, 0)
    const from = numbersOf(attributes, 'order').map((axis) => at(strides, axis))
    walk(out, from, stridesOf(out), (a, b) => {
      y[b] = at(x, a)
    })
  },
}
