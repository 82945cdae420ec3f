import type { OperationDefinition } from './support/definition.js'
import { numberOf, numbersOf } from './support/attribute.js'
import { at } from './support/element.js'

/** fill () -> y {shape, value}: a constant, such as the gradient of a loss by itself. */
export const fill: OperationDefinition = {
  name: 'fill',
  shapes: (_, attributes) => [numbersOf(attributes, 'shape')],
  adjoint: () => [],
  reference(_inputs, outputs, _shapes, attributes) {
    at(outputs, 0).fill(numberOf(attributes, 'value'))
  },
}
