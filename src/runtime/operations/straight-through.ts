import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/**
 * straight_through (x[..,k]) -> y: in every row of the last axis 1 at the first maximum and 0 elsewhere. Its gradient is
 * that of the identity: Bengio et al., Estimating or Propagating Gradients Through Stochastic Neurons, 2013.
 */
export const straightThrough: OperationDefinition = {
  name: 'straight_through',
  shapes(inputs) {
    demandCount('straight_through', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint: (context) => [gradientFor(context, 0, (dy) => dy)],
  reference(inputs, outputs, shapes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const size = lastOf(at(shapes.inputs, 0))
    y.fill(0)
    for (let row = 0; row < x.length; row += size) {
      let best = row
      for (let i = row + 1; i < row + size; i++) if (at(x, i) > at(x, best)) best = i
      y[best] = 1
    }
  },
}
