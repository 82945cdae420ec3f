import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** dot (a, b) -> []: the sum of all products, both of one shape. */
export const dot: OperationDefinition = {
  name: 'dot',
  shapes(inputs) {
    demandCount('dot', inputs, 2)
    demandSame('dot', at(inputs, 0), at(inputs, 1))
    return [[]]
  },
  flops: (inputs) => 2 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const a = at(operation.inputs, 0)
    const b = at(operation.inputs, 1)
    return [
      gradientFor(context, 0, (dy) => builder.one('scale', [b, dy])),
      gradientFor(context, 1, (dy) => builder.one('scale', [a, dy])),
    ]
  },
  reference(inputs, outputs) {
    const [a, b, y] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i)
    y[0] = sum
  },
}
