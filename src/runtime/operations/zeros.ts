import type { OperationDefinition } from './support/definition.js'
import { numbersOf } from './support/attribute.js'
import { at } from './support/element.js'

/** zeros () -> y {shape}. */
export const zeros: OperationDefinition = {
  name: 'zeros',
  shapes: (_, attributes) => [numbersOf(attributes, 'shape')],
  adjoint: () => [],
  reference(_, outputs) {
    at(outputs, 0).fill(0)
  },
}
