import { LEAST_NORM } from './l2-normalise.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/**
 * l2_normalise_gradient (x, dy) -> dx: (dy - y * sum(y * dy)) / norm over the last axis, y being x / norm; dy over the
 * least norm where x is shorter than that.
 */
export const l2NormaliseGradient: OperationDefinition = {
  name: 'l2_normalise_gradient',
  shapes(inputs) {
    demandCount('l2_normalise_gradient', inputs, 2)
    demandSame('l2_normalise_gradient', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => 7 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes) {
    const [x, dy, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const size = lastOf(at(shapes.inputs, 0))
    for (let row = 0; row < x.length; row += size) {
      const norm = Math.hypot(...x.subarray(row, row + size))
      let sum = 0
      for (let i = row; i < row + size; i++) sum += at(x, i) * at(dy, i)
      const along = norm > LEAST_NORM ? sum / norm ** 2 : 0
      for (let i = row; i < row + size; i++) dx[i] = (at(dy, i) - at(x, i) * along) / Math.max(norm, LEAST_NORM)
    }
  },
}
