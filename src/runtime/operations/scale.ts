import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** scale (x, s[]) -> y = s * x. */
export const scale: OperationDefinition = {
  name: 'scale',
  shapes(inputs) {
    demandCount('scale', inputs, 2)
    demandSame('factor of scale', at(inputs, 1), [])
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const x = at(operation.inputs, 0)
    const factor = at(operation.inputs, 1)
    return [
      gradientFor(context, 0, (dy) => builder.one('scale', [dy, factor])),
      gradientFor(context, 1, (dy) => builder.one('dot', [x, dy])),
    ]
  },
  reference(inputs, outputs) {
    const [x, factor, y] = [at(inputs, 0), at(at(inputs, 1), 0), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = factor * at(x, i)
  },
}
