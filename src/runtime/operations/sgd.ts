import type { OperationDefinition } from './support/definition.js'
import { booleanOf, numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/**
 * sgd (variable, velocity, gradient, rate[] [, clip[]]) -> () {momentum, decay, nesterov, clipped}, as torch.optim.SGD:
 * g = clip * gradient + decay * variable; velocity = momentum * velocity + g; variable -= rate * velocity (nesterov:
 * rate * (g + momentum * velocity)).
 */
export const sgd: OperationDefinition = {
  name: 'sgd',
  shapes(inputs, attributes) {
    demandCount('sgd', inputs, booleanOf(attributes, 'clipped') ? 5 : 4)
    for (const each of inputs.slice(1, 3)) demandSame('sgd', at(inputs, 0), each)
    for (const each of inputs.slice(3)) demandSame('rate and clip of sgd', each, [])
    return []
  },
  updates: [0, 1],
  flops: (inputs) => 6 * sizeOf(at(inputs, 0)),
  reference(inputs, _outputs, _shapes, attributes) {
    const [variable, velocity, gradient, rate] = [at(inputs, 0), at(inputs, 1), at(inputs, 2), at(at(inputs, 3), 0)]
    const clip = inputs[4]?.[0] ?? 1
    const [momentum, decay] = [numberOf(attributes, 'momentum'), numberOf(attributes, 'decay')]
    for (let i = 0; i < variable.length; i++) {
      const slope = clip * at(gradient, i) + decay * at(variable, i)
      const speed = momentum * at(velocity, i) + slope
      velocity[i] = speed
      variable[i] = at(variable, i) - rate * (booleanOf(attributes, 'nesterov') ? slope + momentum * speed : speed)
    }
  },
}
