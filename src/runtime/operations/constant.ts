import { numbersOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'

/** constant () -> y {shape, values}. */
export const constant: OperationDefinition = {
  name: 'constant',
  shapes(inputs, attributes) {
    demandCount('constant', inputs, 0)
    const shape = numbersOf(attributes, 'shape')
    if (numbersOf(attributes, 'values').length !== sizeOf(shape))
      throw new Error('constant: values do not fill the shape')
    return [shape]
  },
  adjoint: () => [],
  reference(_inputs, outputs, _shapes, attributes) {
    at(outputs, 0).set(numbersOf(attributes, 'values'))
  },
}
