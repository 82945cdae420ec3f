import { depthwise2d } from './depthwise2d.js'
import { onActivatedNorm } from './norm-relu.js'

/**
 * norm_relu_depthwise2d (x[b,h,w,c], w[k,k,c], mean[c], inverse[c] [, scale[c], shift[c]]) -> y {stride, dilation, affine}:
 * depthwise2d of max(0, batch norm of x).
 */
export const normReluDepthwise2d = onActivatedNorm('norm_relu_depthwise2d', depthwise2d)
