import type { OperationDefinition } from './definition.js'
import { numbersOf } from './attribute.js'
import { at } from './element.js'

/** zeros () -> y {shape}. */
export const zeros: OperationDefinition = {
  name: 'zeros',
  shapes: (_, attributes) => [numbersOf(attributes, 'shape')],
  adjoint: () => [],
  reference(_, outputs) {
    at(outputs, 0).fill(0)
  },
}
