import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** Beneath this norm a row is divided by it, as torch.nn.functional.normalize does: a row of zeros stays one. */
export const LEAST_NORM = 1e-12

/** l2_normalise (x[..,k]) -> y: rows of the last axis, each divided by its Euclidean norm. */
export const l2Normalise: OperationDefinition = {
  name: 'l2_normalise',
  shapes(inputs) {
    demandCount('l2_normalise', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => 3 * sizeOf(at(inputs, 0)),
  adjoint: (context) => [
    gradientFor(context, 0, (dy) =>
      context.builder.one('l2_normalise_gradient', [at(context.operation.inputs, 0), dy]),
    ),
  ],
  reference(inputs, outputs, shapes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const size = lastOf(at(shapes.inputs, 0))
    for (let row = 0; row < x.length; row += size) {
      const norm = Math.max(Math.hypot(...x.subarray(row, row + size)), LEAST_NORM)
      for (let i = row; i < row + size; i++) y[i] = at(x, i) / norm
    }
  },
}
