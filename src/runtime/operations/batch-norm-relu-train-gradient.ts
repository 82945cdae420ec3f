import type { OperationDefinition } from './support/definition.js'
import { batchNormTrainGradient } from './batch-norm-train-gradient.js'
import { at, demandCount, demandSame, lastOf, sizeOf } from './support/element.js'
import { demandNorm, normalised, normInputs } from './norm-relu.js'

/**
 * batch_norm_relu_train_gradient (x, dy, mean[c], inverse[c] [, scale[c], shift[c]]) -> dx [, dscale, dshift] {affine}: the
 * gradient of max(0, batch norm of x). Where the norm is positive is found again from x.
 */
export const batchNormReluTrainGradient: OperationDefinition = {
  name: 'batch_norm_relu_train_gradient',
  shapes(inputs, attributes) {
    const x = at(inputs, 0)
    demandCount('batch_norm_relu_train_gradient', inputs, 2 + normInputs(attributes))
    demandSame('batch_norm_relu_train_gradient', x, at(inputs, 1))
    demandNorm(x, inputs.slice(2))
    return inputs.length > 4 ? [x, [lastOf(x)], [lastOf(x)]] : [x]
  },
  flops: (inputs) => 15 * sizeOf(at(inputs, 0)),
  reference(inputs, outputs, shapes, attributes) {
    const [x, dy] = [at(inputs, 0), at(inputs, 1)]
    const y = normalised(x, inputs.slice(2), lastOf(at(shapes.inputs, 0)))
    const masked = Float64Array.from(dy, (each, i) => (at(y, i) > 0 ? each : 0))
    batchNormTrainGradient.reference([x, masked, ...inputs.slice(2)], outputs, shapes, attributes)
  },
}
