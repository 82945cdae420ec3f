/** Operations that TensorFlow does with dilations on some processors; on others it refuses or leaves them out without a word. */
export const dilatedOperations = [
  'conv2d',
  'conv2d_input_gradient',
  'conv2d_filter_gradient',
  'depthwise2d',
  'depthwise2d_input_gradient',
  'depthwise2d_filter_gradient',
] as const

/**
 * What TensorFlow does on some processors and in some versions only, which decide for themselves whether oneDNN's kernels
 * stand in for TensorFlow's. Without it there is another composition of operations, so that nothing depends on guessing right.
 */
export type Capability = `dilated ${(typeof dilatedOperations)[number]}` | 'pooling by oneDNN'

export type Capabilities = ReadonlySet<Capability>

export const noCapabilities: Capabilities = new Set()
