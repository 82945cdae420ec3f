import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { targetOf } from './softmax-cross-entropy.js'

/**
 * softmax_cross_entropy_gradient (probabilities[b,k], labels[b], dloss[]) -> dlogits {smoothing}:
 * dloss * (probabilities - targets) / b.
 */
export const softmaxCrossEntropyGradient: OperationDefinition = {
  name: 'softmax_cross_entropy_gradient',
  shapes(inputs) {
    demandCount('softmax_cross_entropy_gradient', inputs, 3)
    demandSame('gradient of a loss', at(inputs, 2), [])
    return [at(inputs, 0)]
  },
  flops: (inputs) => 2 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [probabilities, labels, dloss] = [at(inputs, 0), at(inputs, 1), at(at(inputs, 2), 0)]
    const dlogits = at(outputs, 0)
    const [batch, classes] = [at(at(shapes.inputs, 0), 0), at(at(shapes.inputs, 0), 1)]
    const smoothing = numberOf(attributes, 'smoothing')
    for (let i = 0; i < dlogits.length; i++) {
      const target = targetOf(i % classes === at(labels, Math.floor(i / classes)), classes, smoothing)
      dlogits[i] = (dloss * (at(probabilities, i) - target)) / batch
    }
  },
}
