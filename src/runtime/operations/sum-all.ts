import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** sum_all (x) -> []: the sum of all elements. */
export const sumAll: OperationDefinition = {
  name: 'sum_all',
  shapes(inputs) {
    demandCount('sum_all', inputs, 1)
    return [[]]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder } = context
    const ones = (): number => builder.one('fill', [], { shape: inputShape(context, 0), value: 1 })
    return [gradientFor(context, 0, (dy) => builder.one('scale', [ones(), dy]))]
  },
  reference(inputs, outputs) {
    let sum = 0
    for (const each of at(inputs, 0)) sum += each
    at(outputs, 0)[0] = sum
  },
}
