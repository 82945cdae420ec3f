import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** log (x) -> y: the natural logarithm. */
export const log: OperationDefinition = {
  name: 'log',
  shapes(inputs) {
    demandCount('log', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => 10 * sizeOf(at(inputs, 0)),
  adjoint: (context) => [
    gradientFor(context, 0, (dy) => context.builder.one('divide', [dy, at(context.operation.inputs, 0)])),
  ],
  reference(inputs, outputs) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    for (let i = 0; i < y.length; i++) y[i] = Math.log(at(x, i))
  },
}
