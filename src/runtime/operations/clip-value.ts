import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, sizeOf } from './support/element.js'

/** clip_value (g) -> min(limit, max(-limit, g)) {limit}, as torch's clip_grad_value_. Of gradients, so it needs no adjoint. */
export const clipValue: OperationDefinition = {
  name: 'clip_value',
  shapes(inputs) {
    demandCount('clip_value', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => sizeOf(at(inputs, 0)),
  reference(inputs, outputs, _shapes, attributes) {
    const [gradient, clipped] = [at(inputs, 0), at(outputs, 0)]
    const limit = numberOf(attributes, 'limit')
    for (let i = 0; i < gradient.length; i++) clipped[i] = Math.min(limit, Math.max(-limit, at(gradient, i)))
  },
}
