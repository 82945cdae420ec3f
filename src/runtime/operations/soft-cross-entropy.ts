import { numberOf } from './support/attribute.js'
import type { OperationDefinition } from './support/definition.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'
import { logSumExp } from './support/log-sum-exp.js'
import { softmaxOf } from './softmax.js'

/**
 * soft_cross_entropy (logits[b,k], targets[b,k]) -> (loss[], probabilities[b,k]) {temperature}: mean over the batch of the
 * cross-entropy of softmax(logits / temperature) against rows of target probabilities, such as a teacher's. Hinton et al.,
 * Distilling the Knowledge in a Neural Network, 2015. Only the loss has a gradient, and only by the logits.
 */
export const softCrossEntropy: OperationDefinition = {
  name: 'soft_cross_entropy',
  shapes(inputs) {
    demandCount('soft_cross_entropy', inputs, 2)
    const logits = at(inputs, 0)
    if (logits.length !== 2) throw new Error('soft_cross_entropy takes [batch, classes]')
    demandSame('targets', at(inputs, 1), logits)
    return [[], logits]
  },
  flops: (inputs) => 8 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation, outputGradients } = context
    if (outputGradients[1] !== undefined) throw new Error('the probabilities of a cross-entropy have no gradient')
    const probabilities = at(operation.outputs, 1)
    const targets = at(operation.inputs, 1)
    const temperature = numberOf(operation.attributes, 'temperature')
    return [
      gradientFor(context, 0, (dloss) =>
        builder.one('soft_cross_entropy_gradient', [probabilities, targets, dloss], { temperature }),
      ),
      undefined,
    ]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [logits, targets] = [at(inputs, 0), at(inputs, 1)]
    const [loss, probabilities] = [at(outputs, 0), at(outputs, 1)]
    const [batch, classes] = [at(at(shapes.inputs, 0), 0), at(at(shapes.inputs, 0), 1)]
    const temperature = numberOf(attributes, 'temperature')
    let sum = 0
    for (let row = 0; row < logits.length; row += classes) {
      const scores = Array.from(logits.subarray(row, row + classes), (score) => score / temperature)
      const logOfSum = logSumExp(scores)
      probabilities.set(softmaxOf(scores), row)
      scores.forEach((score, k) => {
        sum += at(targets, row + k) * (logOfSum - score)
      })
    }
    loss[0] = sum / batch
  },
}
