import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** divide (a, b) -> y = a / b, element by element, both of one shape. */
export const divide: OperationDefinition = {
  name: 'divide',
  shapes(inputs) {
    demandCount('divide', inputs, 2)
    demandSame('divide', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const b = at(operation.inputs, 1)
    const y = at(operation.outputs, 0)
    return [
      gradientFor(context, 0, (dy) => builder.one('divide', [dy, b])),
      gradientFor(context, 1, (dy) => {
        const opposite = builder.one('divide', [builder.one('multiply', [dy, y]), b])
        return builder.one('scale', [opposite, builder.one('fill', [], { shape: [], value: -1 })])
      }),
    ]
  },
  reference(inputs, outputs) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = at(a, i) / at(b, i)
  },
}
