import type { OperationDefinition } from './support/definition.js'
import { at, demandCount } from './support/element.js'

/** clear (variable) -> (): variable = 0. */
export const clear: OperationDefinition = {
  name: 'clear',
  shapes(inputs) {
    demandCount('clear', inputs, 1)
    return []
  },
  updates: [0],
  reference(inputs) {
    at(inputs, 0).fill(0)
  },
}
