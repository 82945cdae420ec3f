import { firstMaximum } from './row-maximum.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/** row_maximum_gradient (x, dy) -> dx: the sum of a row of dy goes to the largest entry of the row, the first one of equals. */
export const rowMaximumGradient: OperationDefinition = {
  name: 'row_maximum_gradient',
  shapes(inputs) {
    demandCount('row_maximum_gradient', inputs, 2)
    demandSame('row_maximum_gradient', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => 2 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes) {
    const [x, dy, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const length = lastOf(at(shapes.inputs, 0))
    dx.fill(0)
    for (let row = 0; row < x.length; row += length) {
      let sum = 0
      for (let i = row; i < row + length; i++) sum += at(dy, i)
      dx[row + firstMaximum(x.subarray(row, row + length))] = sum
    }
  },
}
