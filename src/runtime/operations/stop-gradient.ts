import type { OperationDefinition } from './support/definition.js'
import { at, demandCount } from './support/element.js'

/** stop_gradient (x) -> y = x, which differentiation takes for a constant. */
export const stopGradient: OperationDefinition = {
  name: 'stop_gradient',
  shapes(inputs) {
    demandCount('stop_gradient', inputs, 1)
    return [at(inputs, 0)]
  },
  isConstant: true,
  reference(inputs, outputs) {
    at(outputs, 0).set(at(inputs, 0))
  },
}
