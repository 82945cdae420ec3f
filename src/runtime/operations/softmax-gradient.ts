import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/** softmax_gradient (y, dy) -> dx {temperature}: dx = y * (dy - sum(y * dy)) / temperature over the last axis. */
export const softmaxGradient: OperationDefinition = {
  name: 'softmax_gradient',
  shapes(inputs) {
    demandCount('softmax_gradient', inputs, 2)
    demandSame('softmax_gradient', at(inputs, 0), at(inputs, 1))
    return [at(inputs, 0)]
  },
  flops: (inputs) => 4 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [y, dy, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    const options = lastOf(at(shapes.inputs, 0))
    for (let row = 0; row < y.length; row += options) {
      let sum = 0
      for (let i = row; i < row + options; i++) sum += at(y, i) * at(dy, i)
      for (let i = row; i < row + options; i++)
        dx[i] = (at(y, i) * (at(dy, i) - sum)) / numberOf(attributes, 'temperature')
    }
  },
}
