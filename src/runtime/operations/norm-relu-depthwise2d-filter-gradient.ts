import type { OperationDefinition } from './definition.js'
import { depthwise2dFilterGradient } from './depthwise2d-filter-gradient.js'
import { at, demandCount, lastOf } from './element.js'
import { activated, demandNorm, normInputs } from './norm-relu.js'

/**
 * norm_relu_depthwise2d_filter_gradient (x, dy, mean[c], inverse[c] [, scale[c], shift[c]]) -> dw {stride, dilation, kernel,
 * affine}: depthwise2d_filter_gradient of max(0, batch norm of x).
 */
export const normReluDepthwise2dFilterGradient: OperationDefinition = {
  name: 'norm_relu_depthwise2d_filter_gradient',
  shapes(inputs, attributes) {
    demandCount('norm_relu_depthwise2d_filter_gradient', inputs, 2 + normInputs(attributes))
    demandNorm(at(inputs, 0), inputs.slice(2))
    return depthwise2dFilterGradient.shapes(inputs.slice(0, 2), attributes)
  },
  flops: (inputs, outputs, attributes) => depthwise2dFilterGradient.flops?.(inputs, outputs, attributes) ?? 0,
  reference(inputs, outputs, shapes, attributes) {
    const x = activated(at(inputs, 0), inputs.slice(2), lastOf(at(shapes.inputs, 0)))
    depthwise2dFilterGradient.reference([x, at(inputs, 1)], outputs, shapes, attributes)
  },
}
