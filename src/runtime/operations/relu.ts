import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** relu (x) -> y = max(x, 0). */
export const relu: OperationDefinition = {
  name: 'relu',
  shapes(inputs) {
    demandCount('relu', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  adjoint: (context) => [
    gradientFor(context, 0, (dy) => context.builder.one('relu_gradient', [dy, at(context.operation.outputs, 0)])),
  ],
  reference(inputs, outputs) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    for (let i = 0; i < x.length; i++) y[i] = Math.max(at(x, i), 0)
  },
}
