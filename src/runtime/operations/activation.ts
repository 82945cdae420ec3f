import { activationOf, activations } from './support/activations.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** activation (x) -> y = f(x), element by element {function}: one of `activations`. */
export const activation: OperationDefinition = {
  name: 'activation',
  shapes(inputs, attributes) {
    demandCount('activation', inputs, 1)
    activationOf(attributes['function'])
    return [at(inputs, 0)]
  },
  flops: (inputs) => 4 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { attributes, inputs } = context.operation
    return [
      gradientFor(context, 0, (dy) => context.builder.one('activation_gradient', [dy, at(inputs, 0)], attributes)),
    ]
  },
  reference(inputs, outputs, _shapes, attributes) {
    const { value } = activations[activationOf(attributes['function'])]
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    for (let i = 0; i < x.length; i++) y[i] = value(at(x, i))
  },
}
