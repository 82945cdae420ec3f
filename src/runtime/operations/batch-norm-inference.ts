import type { OperationDefinition } from './support/definition.js'
import { booleanOf, numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'

/** batch_norm_inference (x[..,c], mean[c], variance[c] [, scale[c], shift[c]]) -> y {epsilon, affine}. No gradient. */
export const batchNormInference: OperationDefinition = {
  name: 'batch_norm_inference',
  shapes(inputs, attributes) {
    demandCount('batch_norm_inference', inputs, booleanOf(attributes, 'affine') ? 5 : 3)
    const x = at(inputs, 0)
    for (const perChannel of inputs.slice(1)) demandSame('batch_norm_inference', perChannel, [lastOf(x)])
    return [x]
  },
  flops: (inputs) => 2 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [x, mean, variance, y] = [at(inputs, 0), at(inputs, 1), at(inputs, 2), at(outputs, 0)]
    const channels = lastOf(at(shapes.inputs, 0))
    for (let i = 0; i < x.length; i++) {
      const channel = i % channels
      const factor = (inputs[3]?.[channel] ?? 1) / Math.sqrt(at(variance, channel) + numberOf(attributes, 'epsilon'))
      y[i] = (at(x, i) - at(mean, channel)) * factor + (inputs[4]?.[channel] ?? 0)
    }
  },
}
