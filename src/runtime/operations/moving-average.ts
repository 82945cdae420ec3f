import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandSame, sizeOf } from './support/element.js'

/**
 * moving_average (variable, value [, momentum[]]) -> () {momentum, factor}: variable = (1 - momentum) * variable +
 * momentum * factor * value. A third input takes the place of the attribute `momentum`. `factor` n / (n - 1) makes a
 * variance unbiased, as PyTorch's running variance is.
 */
export const movingAverage: OperationDefinition = {
  name: 'moving_average',
  shapes(inputs) {
    if (inputs.length !== 2 && inputs.length !== 3) throw new Error('moving_average takes 2 or 3 inputs')
    demandSame('moving_average', at(inputs, 0), at(inputs, 1))
    if (inputs.length === 3) demandSame('momentum of a moving average', at(inputs, 2), [])
    return []
  },
  updates: [0],
  flops: (inputs) => 3 * sizeOf(at(inputs, 0)),
  reference(inputs, _outputs, _shapes, attributes) {
    const [variable, value] = [at(inputs, 0), at(inputs, 1)]
    const momentum = inputs[2]?.[0] ?? numberOf(attributes, 'momentum')
    const factor = numberOf(attributes, 'factor')
    for (let i = 0; i < variable.length; i++) {
      variable[i] = (1 - momentum) * at(variable, i) + momentum * factor * at(value, i)
    }
  },
}
