import type { FusedOperationName } from '../../operations/fused.js'
import type { OperationName } from '../../operations/index.js'
import type { KernelBinding } from './kernel-binding.js'
import { accumulate, clear } from './bindings/accumulation.js'
import { activation, activationGradient } from './bindings/activations.js'
import { batchMatmul } from './bindings/batch-matmul.js'
import { batchNormInference, batchNormTrain, batchNormTrainGradient } from './bindings/batch-norm.js'
import { embed, slice, transpose } from './bindings/blocks.js'
import {
  correctCount,
  softCrossEntropy,
  softCrossEntropyGradient,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxGradient,
} from './bindings/classification.js'
import { constant } from './bindings/constant.js'
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './bindings/convolution.js'
import { depthwise2d, depthwise2dFilterGradient, depthwise2dInputGradient } from './bindings/depthwise.js'
import {
  dropPath,
  fill,
  multiply,
  relu,
  reluGradient,
  reshape,
  scale,
  scaleByEntry,
  zeros,
} from './bindings/elementwise.js'
import { concatChannels, padChannels, shift2d, sliceChannels } from './bindings/layout.js'
import { biasAdd, matmul, sumRows } from './bindings/linear.js'
import { adam, movingAverage, sgd } from './bindings/optimisers.js'
import {
  avgPool2d,
  avgPool2dGradient,
  globalAvgPool,
  globalAvgPoolGradient,
  maxPool2d,
  maxPool2dGradient,
} from './bindings/pooling.js'
import {
  batchNormReluTrainGradient,
  batchNormStatistics,
  normReluDepthwise2d,
  normReluDepthwise2dFilterGradient,
} from './bindings/norm-relu.js'
import { resample2d } from './bindings/resample.js'
import { scaleChannels, scaleChannelsGradient } from './bindings/scale-channels.js'
import { add, clipScale, dot, weightedSum, weightedSumGradient } from './bindings/sums.js'

/** Our kernels for operations of tensor programs; one that has none runs its reference implementation. */
export const kernelTable: Readonly<Partial<Record<OperationName, KernelBinding>>> = {
  conv2d,
  conv2d_input_gradient: conv2dInputGradient,
  conv2d_filter_gradient: conv2dFilterGradient,
  depthwise2d,
  depthwise2d_input_gradient: depthwise2dInputGradient,
  depthwise2d_filter_gradient: depthwise2dFilterGradient,
  batch_norm_train: batchNormTrain,
  batch_norm_train_gradient: batchNormTrainGradient,
  batch_norm_inference: batchNormInference,
  moving_average: movingAverage,
  relu,
  relu_gradient: reluGradient,
  max_pool2d: maxPool2d,
  max_pool2d_gradient: maxPool2dGradient,
  avg_pool2d: avgPool2d,
  avg_pool2d_gradient: avgPool2dGradient,
  global_avg_pool: globalAvgPool,
  global_avg_pool_gradient: globalAvgPoolGradient,
  shift2d,
  concat_channels: concatChannels,
  slice_channels: sliceChannels,
  pad_channels: padChannels,
  add,
  multiply,
  scale,
  dot,
  weighted_sum: weightedSum,
  weighted_sum_gradient: weightedSumGradient,
  scale_by_entry: scaleByEntry,
  softmax,
  softmax_gradient: softmaxGradient,
  matmul,
  bias_add: biasAdd,
  sum_rows: sumRows,
  reshape,
  zeros,
  fill,
  softmax_cross_entropy: softmaxCrossEntropy,
  softmax_cross_entropy_gradient: softmaxCrossEntropyGradient,
  correct_count: correctCount,
  drop_path: dropPath,
  clip_scale: clipScale,
  sgd,
  adam,
  activation,
  activation_gradient: activationGradient,
  scale_channels: scaleChannels,
  scale_channels_gradient: scaleChannelsGradient,
  transpose,
  slice,
  embed,
  constant,
  batch_matmul: batchMatmul,
  resample2d,
  soft_cross_entropy: softCrossEntropy,
  soft_cross_entropy_gradient: softCrossEntropyGradient,
  stop_gradient: reshape,
  accumulate,
  clear,
}

/** There is one for every fused operation, or else no pass had a reason to emit it. */
export const fusedKernelTable: Readonly<Record<FusedOperationName, KernelBinding>> = {
  batch_norm_statistics: batchNormStatistics,
  batch_norm_relu_train_gradient: batchNormReluTrainGradient,
  norm_relu_depthwise2d: normReluDepthwise2d,
  norm_relu_depthwise2d_filter_gradient: normReluDepthwise2dFilterGradient,
}

const kernels: ReadonlyMap<string, KernelBinding> = new Map(Object.entries({ ...kernelTable, ...fusedKernelTable }))

/** The kernel of an operation of a program, if there is one. */
export function kernelOf(operation: string): KernelBinding | undefined {
  return kernels.get(operation)
}
