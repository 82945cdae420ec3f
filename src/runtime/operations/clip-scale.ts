import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, sizeOf } from './support/element.js'

/** clip_scale (g1..gn) -> [] {norm}: min(1, norm / (Euclidean norm of all + 1e-6)), as torch's clip_grad_norm_. */
export const clipScale: OperationDefinition = {
  name: 'clip_scale',
  shapes: () => [[]],
  flops: (inputs) => inputs.reduce((sum, each) => sum + 2 * sizeOf(each), 0),
  reference(inputs, outputs, _shapes, attributes) {
    let squares = 0
    for (const gradient of inputs) for (const each of gradient) squares += each * each
    at(outputs, 0)[0] = Math.min(1, numberOf(attributes, 'norm') / (Math.sqrt(squares) + 1e-6))
  },
}
