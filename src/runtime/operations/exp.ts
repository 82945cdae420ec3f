import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** exp (x) -> y: e to the power of x. */
export const exp: OperationDefinition = {
  name: 'exp',
  shapes(inputs) {
    demandCount('exp', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => 10 * sizeOf(at(inputs, 0)),
  adjoint: (context) => [
    gradientFor(context, 0, (dy) => context.builder.one('multiply', [dy, at(context.operation.outputs, 0)])),
  ],
  reference(inputs, outputs) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = Math.exp(at(x, i))
  },
}
