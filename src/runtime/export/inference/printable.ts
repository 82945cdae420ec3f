import type { FusedOperationName } from '../../operations/fused.js'
import type { OperationName } from '../../operations/index.js'

/**
 * Operations that stand nowhere between the images and the logits of a network that is evaluated: gradients, updates, losses, and
 * what only the weights of options are made of, which are numbers when a network leaves.
 */
const elsewhere = [
  'conv2d_input_gradient',
  'conv2d_filter_gradient',
  'depthwise2d_input_gradient',
  'depthwise2d_filter_gradient',
  'batch_norm_train_gradient',
  'batch_norm_statistics',
  'batch_norm_relu_train_gradient',
  'norm_relu_depthwise2d',
  'norm_relu_depthwise2d_filter_gradient',
  'moving_average',
  'relu_gradient',
  'activation_gradient',
  'max_pool2d_gradient',
  'avg_pool2d_gradient',
  'global_avg_pool_gradient',
  'scale_channels_gradient',
  'weighted_sum_gradient',
  'softmax_gradient',
  'l2_normalise',
  'l2_normalise_gradient',
  'row_maximum',
  'row_maximum_gradient',
  'softmax_cross_entropy',
  'softmax_cross_entropy_gradient',
  'soft_cross_entropy',
  'soft_cross_entropy_gradient',
  'correct_count',
  'drop_path',
  'straight_through',
  'stop_gradient',
  'clip_scale',
  'clip_value',
  'sgd',
  'adam',
  'accumulate',
  'clear',
  'dot',
  'sum_rows',
  'sum_all',
  'pad_channels',
  'embed',
  'fill',
  'constant',
  'log',
  'exp',
  'power',
  'divide',
  'subtract',
] as const satisfies readonly (OperationName | FusedOperationName)[]

/**
 * What every format has to have a form for. An operation that is new is among them: it does not compile before each format
 * says how it is written, or it is said to stand elsewhere.
 */
export type PrintableName = Exclude<OperationName | FusedOperationName, (typeof elsewhere)[number]>

const others: ReadonlySet<string> = new Set(elsewhere)

export function isPrintable(name: string): name is PrintableName {
  return !others.has(name)
}
