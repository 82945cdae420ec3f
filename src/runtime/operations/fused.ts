import { batchNormReluTrainGradient } from './batch-norm-relu-train-gradient.js'
import { batchNormStatistics } from './batch-norm-statistics.js'
import type { OperationDefinition } from './support/definition.js'
import { normReluDepthwise2dFilterGradient } from './norm-relu-depthwise2d-filter-gradient.js'
import { normReluDepthwise2d } from './norm-relu-depthwise2d.js'

/**
 * Operations that do the work of several at once. Passes emit them after differentiation (they have no adjoints), and only
 * for engines that have kernels for them.
 */
export const fusedOperations = {
  batch_norm_statistics: batchNormStatistics,
  batch_norm_relu_train_gradient: batchNormReluTrainGradient,
  norm_relu_depthwise2d: normReluDepthwise2d,
  norm_relu_depthwise2d_filter_gradient: normReluDepthwise2dFilterGradient,
} as const satisfies Readonly<Record<string, OperationDefinition>>

export type FusedOperationName = keyof typeof fusedOperations

export function isFusedOperationName(name: string): name is FusedOperationName {
  return Object.hasOwn(fusedOperations, name)
}
