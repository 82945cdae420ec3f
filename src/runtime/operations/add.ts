import type { OperationDefinition } from './support/definition.js'
import { at, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** add (x1..xn, n >= 1) -> y, all of one shape. */
export const add: OperationDefinition = {
  name: 'add',
  shapes(inputs) {
    for (const each of inputs) demandSame('add', at(inputs, 0), each)
    return [at(inputs, 0)]
  },
  flops: (inputs) => (inputs.length - 1) * sizeOf(at(inputs, 0)),
  adjoint: (context) => context.operation.inputs.map((_, input) => gradientFor(context, input, (dy) => dy)),
  reference(inputs, outputs) {
    const y = at(outputs, 0)
    for (let i = 0; i < y.length; i++) y[i] = inputs.reduce((sum, x) => sum + at(x, i), 0)
  },
}
