import { depthwise2dFilterGradient } from './depthwise2d-filter-gradient.js'
import { onActivatedNorm } from './norm-relu.js'

/**
 * norm_relu_depthwise2d_filter_gradient (x, dy, mean[c], inverse[c] [, scale[c], shift[c]]) -> dw {stride, dilation, kernel,
 * affine}: depthwise2d_filter_gradient of max(0, batch norm of x).
 */
export const normReluDepthwise2dFilterGradient = onActivatedNorm(
  'norm_relu_depthwise2d_filter_gradient',
  depthwise2dFilterGradient,
)
