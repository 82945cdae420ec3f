import { numberOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'

/**
 * soft_cross_entropy_gradient (probabilities[b,k], targets[b,k], dloss[]) -> dlogits {temperature}:
 * dloss * (sum(targets of the row) * probabilities - targets) / (b * temperature).
 */
export const softCrossEntropyGradient: OperationDefinition = {
  name: 'soft_cross_entropy_gradient',
  shapes(inputs) {
    demandCount('soft_cross_entropy_gradient', inputs, 3)
    demandSame('targets', at(inputs, 1), at(inputs, 0))
    demandSame('gradient of a loss', at(inputs, 2), [])
    return [at(inputs, 0)]
  },
  flops: (inputs) => 4 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [probabilities, targets, dloss] = [at(inputs, 0), at(inputs, 1), at(at(inputs, 2), 0)]
    const dlogits = at(outputs, 0)
    const [batch, classes] = [at(at(shapes.inputs, 0), 0), at(at(shapes.inputs, 0), 1)]
    const factor = dloss / (batch * numberOf(attributes, 'temperature'))
    for (let row = 0; row < dlogits.length; row += classes) {
      let total = 0
      for (let i = row; i < row + classes; i++) total += at(targets, i)
      for (let i = row; i < row + classes; i++) dlogits[i] = factor * (total * at(probabilities, i) - at(targets, i))
    }
  },
}
