import type { OperationDefinition } from './support/definition.js'
import { numbersOf } from './support/attribute.js'
import { at, demandSame, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** weighted_sum (weights[K], x1..xn) -> y {indices}: y = sum_i weights[indices[i]] * x_i. */
export const weightedSum: OperationDefinition = {
  name: 'weighted_sum',
  shapes(inputs, attributes) {
    const weights = at(inputs, 0)
    const first = at(inputs, 1)
    for (const each of inputs.slice(1)) demandSame('weighted_sum', first, each)
    const indices = numbersOf(attributes, 'indices')
    if (indices.length !== inputs.length - 1 || indices.some((index) => index < 0 || index >= lastOf(weights))) {
      throw new Error(`weighted_sum: indices ${indices.join(',')} do not fit`)
    }
    return [first]
  },
  flops: (inputs) => 2 * (inputs.length - 1) * sizeOf(at(inputs, 1)),
  adjoint(context) {
    const { builder, operation } = context
    const [weights, ...alternatives] = operation.inputs
    if (weights === undefined) throw new Error('weighted_sum without weights')
    const indices = numbersOf(operation.attributes, 'indices')
    return [
      gradientFor(context, 0, (dy) =>
        builder.one('weighted_sum_gradient', [weights, dy, ...alternatives], { indices }),
      ),
      ...alternatives.map((_, i) =>
        gradientFor(context, i + 1, (dy) => builder.one('scale_by_entry', [weights, dy], { index: at(indices, i) })),
      ),
    ]
  },
  reference(inputs, outputs, _shapes, attributes) {
    const [weights, y] = [at(inputs, 0), at(outputs, 0)]
    const indices = numbersOf(attributes, 'indices')
    for (let i = 0; i < y.length; i++) {
      y[i] = indices.reduce((sum, index, j) => sum + at(weights, index) * at(at(inputs, j + 1), i), 0)
    }
  },
}
