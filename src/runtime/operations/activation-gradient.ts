import { activationOf, activations } from './support/activations.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/** activation_gradient (dy, x) -> dx = dy * f'(x) {function}. */
export const activationGradient: OperationDefinition = {
  name: 'activation_gradient',
  shapes(inputs, attributes) {
    demandCount('activation_gradient', inputs, 2)
    demandSame('activation_gradient', at(inputs, 0), at(inputs, 1))
    activationOf(attributes['function'])
    return [at(inputs, 0)]
  },
  flops: (inputs) => 5 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, _shapes, attributes) {
    const { slope } = activations[activationOf(attributes['function'])]
    const [dy, x, dx] = [at(inputs, 0), at(inputs, 1), at(outputs, 0)]
    for (let i = 0; i < dy.length; i++) dx[i] = at(dy, i) * slope(at(x, i))
  },
}
