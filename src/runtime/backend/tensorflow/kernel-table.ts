import { definitionOf, isOperationName, type OperationName } from '../../operations/index.js'
import type { TensorflowKernel } from './kernel.js'
import { accumulate, clear } from './kernels/accumulation.js'
import { activation, activationGradient } from './kernels/activations.js'
import { batchNormInference, batchNormTrain, batchNormTrainGradient } from './kernels/batch-norm.js'
import {
  correctCount,
  softCrossEntropy,
  softCrossEntropyGradient,
  softmax,
  softmaxCrossEntropy,
  softmaxCrossEntropyGradient,
  softmaxGradient,
} from './kernels/classification.js'
import { conv2d, conv2dFilterGradient, conv2dInputGradient } from './kernels/convolution.js'
import { depthwise2d, depthwise2dFilterGradient, depthwise2dInputGradient } from './kernels/depthwise.js'
import {
  constant,
  dropPath,
  fill,
  multiply,
  relu,
  reluGradient,
  reshape,
  scale,
  scaleByEntry,
  scaleChannels,
  scaleChannelsGradient,
  stopGradient,
  zeros,
} from './kernels/elementwise.js'
import { concatChannels, embed, padChannels, shift2d, slice, sliceChannels, transpose } from './kernels/layout.js'
import { batchMatmul, biasAdd, matmul, sumRows } from './kernels/linear.js'
import { adam, movingAverage, sgd } from './kernels/optimisers.js'
import {
  avgPool2d,
  avgPool2dGradient,
  globalAvgPool,
  globalAvgPoolGradient,
  maxPool2d,
  maxPool2dGradient,
} from './kernels/pooling.js'
import { referenceKernel } from './kernels/reference.js'
import { resample2d } from './kernels/resampling.js'
import { add, clipScale, dot, weightedSum, weightedSumGradient } from './kernels/sums.js'

/** How TensorFlow does operations of tensor programs; one that is not here runs its reference implementation. */
export const kernelTable: Readonly<Partial<Record<OperationName, TensorflowKernel>>> = {
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
  stop_gradient: stopGradient,
  accumulate,
  clear,
}

/** What runs an operation of a program. A name that is no operation's is a defect and throws. */
export function kernelOf(operation: string): TensorflowKernel {
  const kernel = isOperationName(operation) ? kernelTable[operation] : undefined
  return kernel ?? referenceKernel(definitionOf(operation))
}
