import { numberOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, sizeOf } from './support/element.js'
import { gradientFor, inputShape } from './support/gradient.js'

/** power (x) -> y {exponent}: x to the power of a constant. */
export const power: OperationDefinition = {
  name: 'power',
  shapes(inputs, attributes) {
    demandCount('power', inputs, 1)
    numberOf(attributes, 'exponent')
    return [at(inputs, 0)]
  },
  flops: (inputs) => 20 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const x = at(operation.inputs, 0)
    const exponent = numberOf(operation.attributes, 'exponent')
    return [
      gradientFor(context, 0, (dy) => {
        // Without this case 0 times an infinite power of 0 would not be 0.
        if (exponent === 0) return builder.one('zeros', [], { shape: inputShape(context, 0) })
        const slope = builder.one('power', [x], { exponent: exponent - 1 })
        const factor = builder.one('fill', [], { shape: [], value: exponent })
        return builder.one('scale', [builder.one('multiply', [dy, slope]), factor])
      }),
    ]
  },
  reference(inputs, outputs, _shapes, attributes) {
    const [x, y, exponent] = [at(inputs, 0), at(outputs, 0), numberOf(attributes, 'exponent')]
    for (let i = 0; i < y.length; i++) y[i] = at(x, i) ** exponent
  },
}
