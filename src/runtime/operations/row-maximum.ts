import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** row_maximum (x[..,K]) -> y, every row over the last axis filled with its largest entry. */
export const rowMaximum: OperationDefinition = {
  name: 'row_maximum',
  shapes(inputs) {
    demandCount('row_maximum', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint(context) {
    const x = at(context.operation.inputs, 0)
    return [gradientFor(context, 0, (dy) => context.builder.one('row_maximum_gradient', [x, dy]))]
  },
  reference(inputs, outputs, shapes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const length = lastOf(at(shapes.inputs, 0))
    for (let row = 0; row < x.length; row += length) {
      y.fill(at(x, row + firstMaximum(x.subarray(row, row + length))), row, row + length)
    }
  },
}

/** Position of the largest entry, the first one of equals. */
export function firstMaximum(values: ArrayLike<number>): number {
  let best = 0
  for (let i = 1; i < values.length; i++) if ((values[i] ?? NaN) > (values[best] ?? NaN)) best = i
  return best
}
