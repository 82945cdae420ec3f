import type { Attributes, OperationDefinition } from './definition.js'
import { numbersOf } from './attribute.js'
import { at, demandCount, lastOf } from './element.js'
import { demandNorm, normalised } from './norm-relu.js'
import { weightedSum } from './weighted-sum.js'

/**
 * normalised_weighted_sum (weights[K], x1..xn, then mean[c], inverse[c] of every x in `normalised`) -> y {indices,
 * normalised}: weighted_sum of the xs, those at the positions `normalised` (from 0) as batch norms without weights.
 */
export const normalisedWeightedSum: OperationDefinition = {
  name: 'normalised_weighted_sum',
  shapes(inputs, attributes) {
    const count = 1 + termsOf(attributes)
    demandCount('normalised_weighted_sum', inputs, count + 2 * numbersOf(attributes, 'normalised').length)
    demandNorm(at(inputs, 1), inputs.slice(count))
    return weightedSum.shapes(inputs.slice(0, count), attributes)
  },
  flops: (inputs, outputs, attributes) =>
    weightedSum.flops?.(inputs.slice(0, 1 + termsOf(attributes)), outputs, attributes) ?? 0,
  reference(inputs, outputs, shapes, attributes) {
    const count = 1 + termsOf(attributes)
    const channels = lastOf(at(shapes.outputs, 0))
    const terms = inputs.slice(0, count)
    numbersOf(attributes, 'normalised').forEach((position, i) => {
      const norm = inputs.slice(count + 2 * i, count + 2 * i + 2)
      terms[1 + position] = normalised(at(inputs, 1 + position), norm, channels)
    })
    weightedSum.reference(terms, outputs, shapes, attributes)
  },
}

/** Number of xs. */
export function termsOf(attributes: Attributes): number {
  return numbersOf(attributes, 'indices').length
}
