import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'

/** sum_rows (x[..,c]) -> [c]: sums over all axes but the last. */
export const sumRows: OperationDefinition = {
  name: 'sum_rows',
  shapes(inputs) {
    demandCount('sum_rows', inputs, 1)
    return [[lastOf(at(inputs, 0))]]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  reference(inputs, outputs) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const sums = new Float64Array(y.length)
    for (let i = 0; i < x.length; i++) sums[i % y.length] = at(sums, i % y.length) + at(x, i)
    y.set(sums)
  },
}
