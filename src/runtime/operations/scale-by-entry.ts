import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** scale_by_entry (weights[K], x) -> y {index}: y = weights[index] * x. */
export const scaleByEntry: OperationDefinition = {
  name: 'scale_by_entry',
  shapes(inputs, attributes) {
    demandCount('scale_by_entry', inputs, 2)
    const index = numberOf(attributes, 'index')
    if (index < 0 || index >= lastOf(at(inputs, 0))) throw new Error(`scale_by_entry: no entry ${String(index)}`)
    return [at(inputs, 1)]
  },
  flops: (inputs) => sizeOf(at(inputs, 1)),
  adjoint(context) {
    const { builder, operation } = context
    const weights = at(operation.inputs, 0)
    const x = at(operation.inputs, 1)
    const index = numberOf(operation.attributes, 'index')
    return [
      gradientFor(context, 0, (dy) => builder.one('weighted_sum_gradient', [weights, dy, x], { indices: [index] })),
      gradientFor(context, 1, (dy) => builder.one('scale_by_entry', [weights, dy], { index })),
    ]
  },
  reference(inputs, outputs, _shapes, attributes) {
    const [weight, x, y] = [at(at(inputs, 0), numberOf(attributes, 'index')), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = weight * at(x, i)
  },
}
