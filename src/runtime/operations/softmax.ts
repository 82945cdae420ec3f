import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'

/** softmax (x[..,K]) -> y {temperature} over the last axis, of x / temperature. */
export const softmax: OperationDefinition = {
  name: 'softmax',
  shapes(inputs) {
    demandCount('softmax', inputs, 1)
    return [at(inputs, 0)]
  },
  flops: (inputs) => 4 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation } = context
    const { temperature = 1 } = operation.attributes
    const y = at(operation.outputs, 0)
    return [gradientFor(context, 0, (dy) => builder.one('softmax_gradient', [y, dy], { temperature }))]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [x, y] = [at(inputs, 0), at(outputs, 0)]
    const options = lastOf(at(shapes.inputs, 0))
    for (let row = 0; row < x.length; row += options) {
      y.set(softmaxOf(x.subarray(row, row + options), numberOf(attributes, 'temperature')), row)
    }
  },
}

/** Softmax of a few logits in double precision, kept from overflow by the largest. */
export function softmaxOf(logits: ArrayLike<number>, temperature = 1): readonly number[] {
  const values = Array.from(logits)
  const largest = Math.max(...values)
  const powers = values.map((value) => Math.exp((value - largest) / temperature))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
