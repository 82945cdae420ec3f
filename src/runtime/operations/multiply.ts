import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** multiply (a, b) -> y, element by element, both of one shape. */
export const multiply: OperationDefinition = {
  name: 'multiply',
  shapes(inputs) {
    demandCount('multiply', inputs, 2)
    demandSame('multiply', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const a = at(operation.inputs, 0)
    const b = at(operation.inputs, 1)
    return [
      gradientFor(context, 0, (dy) => builder.one('multiply', [dy, b])),
      gradientFor(context, 1, (dy) => builder.one('multiply', [dy, a])),
    ]
  },
  reference(inputs, outputs) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = at(a, i) * at(b, i)
  },
}
