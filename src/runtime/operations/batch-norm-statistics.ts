import type { OperationDefinition } from './support/definition.js'
import { numberOf } from './support/attribute.js'
import { channelStatistics } from './batch-norm-train.js'
import { at, demandCount, lastOf, sizeOf } from './support/element.js'

/** batch_norm_statistics (x[..,c]) -> (mean[c], variance[c], inverse[c]) {epsilon}: batch_norm_train without its output. */
export const batchNormStatistics: OperationDefinition = {
  name: 'batch_norm_statistics',
  shapes(inputs) {
    demandCount('batch_norm_statistics', inputs, 1)
    const statistics = [lastOf(at(inputs, 0))]
    return [statistics, statistics, statistics]
  },
  flops: (inputs) => 4 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const { mean, variance } = channelStatistics(at(inputs, 0), lastOf(at(shapes.inputs, 0)))
    at(outputs, 0).set(mean)
    at(outputs, 1).set(variance)
    at(outputs, 2).set(variance.map((each) => 1 / Math.sqrt(each + numberOf(attributes, 'epsilon'))))
  },
}
