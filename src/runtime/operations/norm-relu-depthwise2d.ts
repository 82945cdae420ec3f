import type { OperationDefinition } from './definition.js'
import { depthwise2d } from './depthwise2d.js'
import { at, demandCount, lastOf } from './element.js'
import { activated, demandNorm, normInputs } from './norm-relu.js'

/**
 * norm_relu_depthwise2d (x[b,h,w,c], w[k,k,c], mean[c], inverse[c] [, scale[c], shift[c]]) -> y {stride, dilation, affine}:
 * depthwise2d of max(0, batch norm of x), which is never stored. Emitted after differentiation only.
 */
export const normReluDepthwise2d: OperationDefinition = {
  name: 'norm_relu_depthwise2d',
  shapes(inputs, attributes) {
    demandCount('norm_relu_depthwise2d', inputs, 2 + normInputs(attributes))
    demandNorm(at(inputs, 0), inputs.slice(2))
    return depthwise2d.shapes(inputs.slice(0, 2), attributes)
  },
  flops: (inputs, outputs, attributes) => depthwise2d.flops?.(inputs, outputs, attributes) ?? 0,
  reference(inputs, outputs, shapes, attributes) {
    const x = activated(at(inputs, 0), inputs.slice(2), lastOf(at(shapes.inputs, 0)))
    depthwise2d.reference([x, at(inputs, 1)], outputs, shapes, attributes)
  },
}
