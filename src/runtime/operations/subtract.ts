import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** subtract (a, b) -> y = a - b, element by element, both of one shape. */
export const subtract: OperationDefinition = {
  name: 'subtract',
  shapes(inputs) {
    demandCount('subtract', inputs, 2)
    demandSame('subtract', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder } = context
    return [
      gradientFor(context, 0, (dy) => dy),
      gradientFor(context, 1, (dy) => builder.one('scale', [dy, builder.one('fill', [], { shape: [], value: -1 })])),
    ]
  },
  reference(inputs, outputs) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = at(a, i) - at(b, i)
  },
}
