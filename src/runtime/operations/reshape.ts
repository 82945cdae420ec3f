import type { OperationDefinition } from './support/definition.js'
import { numbersOf } from './support/attribute.js'
import { at, demandCount, show, sizeOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** reshape (x) -> y {shape}: the same elements in the same order. */
export const reshape: OperationDefinition = {
  name: 'reshape',
  shapes(inputs, attributes) {
    demandCount('reshape', inputs, 1)
    const shape = numbersOf(attributes, 'shape')
    if (sizeOf(shape) !== sizeOf(at(inputs, 0))) throw new Error(`reshape of ${show(at(inputs, 0))} to ${show(shape)}`)
    return [shape]
  },
  adjoint: (context) => [
    gradientFor(context, 0, (dy) => context.builder.one('reshape', [dy], { shape: inputShape(context, 0) })),
  ],
  reference(inputs, outputs) {
    at(outputs, 0).set(at(inputs, 0))
  },
}
