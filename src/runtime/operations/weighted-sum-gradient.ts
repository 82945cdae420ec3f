import type { OperationDefinition } from './support/definition.js'
import { numbersOf } from './support/attribute.js'
import { at, demandSame, sizeOf } from './support/element.js'

/**
 * weighted_sum_gradient (weights[K], dy, x1..xn) -> dweights[K] {indices}: dweights[indices[i]] += sum(dy * x_i). Entries
 * that no index names are 0.
 */
export const weightedSumGradient: OperationDefinition = {
  name: 'weighted_sum_gradient',
  shapes(inputs) {
    for (const each of inputs.slice(2)) demandSame('weighted_sum_gradient', at(inputs, 1), each)
    return [at(inputs, 0)]
  },
  flops: (inputs) => 2 * (inputs.length - 2) * sizeOf(at(inputs, 1)),
  reference(inputs, outputs, _shapes, attributes) {
    const [dy, dweights] = [at(inputs, 1), at(outputs, 0)]
    const sums = new Float64Array(dweights.length)
    numbersOf(attributes, 'indices').forEach((index, i) => {
      const x = at(inputs, i + 2)
      for (let j = 0; j < dy.length; j++) sums[index] = at(sums, index) + at(dy, j) * at(x, j)
    })
    dweights.set(sums)
  },
}
