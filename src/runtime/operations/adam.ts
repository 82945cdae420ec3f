import type { OperationDefinition } from './support/definition.js'
import { booleanOf, numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/**
 * adam (variable, first, second, gradient, rate[], step[] [, clip[]]) -> () {beta1, beta2, epsilon, decay, clipped}, as
 * torch.optim.Adam: L2 decay added to the gradient, both moments corrected for their bias; `step` counts from 1.
 * Kingma and Ba, ICLR 2015.
 */
export const adam: OperationDefinition = {
  name: 'adam',
  shapes(inputs, attributes) {
    demandCount('adam', inputs, booleanOf(attributes, 'clipped') ? 7 : 6)
    for (const each of inputs.slice(1, 4)) demandSame('adam', at(inputs, 0), each)
    for (const each of inputs.slice(4)) demandSame('rate, step and clip of adam', each, [])
    return []
  },
  updates: [0, 1, 2],
  flops: (inputs) => 14 * sizeOf(at(inputs, 0)),
  reference(inputs, _outputs, _shapes, attributes) {
    const [variable, first, second, gradient] = [at(inputs, 0), at(inputs, 1), at(inputs, 2), at(inputs, 3)]
    const [rate, step, clip] = [at(at(inputs, 4), 0), at(at(inputs, 5), 0), inputs[6]?.[0] ?? 1]
    const [beta1, beta2] = [numberOf(attributes, 'beta1'), numberOf(attributes, 'beta2')]
    const [epsilon, decay] = [numberOf(attributes, 'epsilon'), numberOf(attributes, 'decay')]
    for (let i = 0; i < variable.length; i++) {
      const slope = clip * at(gradient, i) + decay * at(variable, i)
      const mean = beta1 * at(first, i) + (1 - beta1) * slope
      const square = beta2 * at(second, i) + (1 - beta2) * slope * slope
      first[i] = mean
      second[i] = square
      const denominator = Math.sqrt(square / (1 - beta2 ** step)) + epsilon
      variable[i] = at(variable, i) - ((rate / (1 - beta1 ** step)) * mean) / denominator
    }
  },
}
