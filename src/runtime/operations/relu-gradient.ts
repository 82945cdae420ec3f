import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/** relu_gradient (dy, y) -> dx = dy where y > 0, else 0. */
export const reluGradient: OperationDefinition = {
  name: 'relu_gradient',
  shapes(inputs) {
    demandCount('relu_gradient', inputs, 2)
    demandSame('relu_gradient', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  reference(inputs, outputs) {
    const [dy, y, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < dy.length; i++) dx[i] = at(y, i) > 0 ? at(dy, i) : 0
  },
}
