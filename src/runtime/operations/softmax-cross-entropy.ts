import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { at, demandCount, demandSame, sizeOf } from './support/element.js'
import { gradientFor } from './support/gradient.js'
import { logSumExp } from './support/log-sum-exp.js'
import { softmaxOf } from './softmax.js'

/**
 * softmax_cross_entropy (logits[b,k], labels[b] int32) -> (loss[], probabilities[b,k]) {smoothing}: mean over the batch
 * against targets (1 - smoothing) * onehot + smoothing / k. Szegedy et al., CVPR 2016, section 7. Only the loss has a
 * gradient.
 */
export const softmaxCrossEntropy: OperationDefinition = {
  name: 'softmax_cross_entropy',
  shapes(inputs) {
    demandCount('softmax_cross_entropy', inputs, 2)
    const logits = at(inputs, 0)
    if (logits.length !== 2) throw new Error('softmax_cross_entropy takes [batch, classes]')
    demandSame('labels', at(inputs, 1), [at(logits, 0)])
    return [[], logits]
  },
  flops: (inputs) => 6 * sizeOf(at(inputs, 0)),
  adjoint(context) {
    const { builder, operation, outputGradients } = context
    if (outputGradients[1] !== undefined) throw new Error('the probabilities of a cross-entropy have no gradient')
    const probabilities = at(operation.outputs, 1)
    const labels = at(operation.inputs, 1)
    const smoothing = numberOf(operation.attributes, 'smoothing')
    return [
      gradientFor(context, 0, (dloss) =>
        builder.one('softmax_cross_entropy_gradient', [probabilities, labels, dloss], { smoothing }),
      ),
      undefined,
    ]
  },
  reference(inputs, outputs, shapes, attributes) {
    const [logits, labels] = [at(inputs, 0), at(inputs, 1)]
    const [loss, probabilities] = [at(outputs, 0), at(outputs, 1)]
    const [batch, classes] = [at(at(shapes.inputs, 0), 0), at(at(shapes.inputs, 0), 1)]
    const smoothing = numberOf(attributes, 'smoothing')
    let sum = 0
    for (let row = 0; row < batch; row++) {
      const scores = Array.from(logits.subarray(row * classes, (row + 1) * classes))
      const logOfSum = logSumExp(scores)
      probabilities.set(softmaxOf(scores), row * classes)
      scores.forEach((score, k) => {
        sum -= targetOf(k === at(labels, row), classes, smoothing) * (score - logOfSum)
      })
    }
    loss[0] = sum / batch
  },
}

/** Target probability of a class under label smoothing. */
export function targetOf(isLabel: boolean, classes: number, smoothing: number): number {
  return (isLabel ? 1 - smoothing : 0) + smoothing / classes
}
