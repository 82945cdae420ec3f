import type { OperationDefinition } from './support/definition.js'
import { accumulate } from './accumulate.js'
import { activationGradient } from './activation-gradient.js'
import { activation } from './activation.js'
import { adam } from './adam.js'
import { add } from './add.js'
import { avgPool2dGradient } from './avg-pool2d-gradient.js'
import { avgPool2d } from './avg-pool2d.js'
import { batchMatmul } from './batch-matmul.js'
import { batchNormInference } from './batch-norm-inference.js'
import { batchNormTrainGradient } from './batch-norm-train-gradient.js'
import { batchNormTrain } from './batch-norm-train.js'
import { biasAdd } from './bias-add.js'
import { clear } from './clear.js'
import { clipScale } from './clip-scale.js'
import { clipValue } from './clip-value.js'
import { concatChannels } from './concat-channels.js'
import { constant } from './constant.js'
import { conv2dFilterGradient } from './conv2d-filter-gradient.js'
import { conv2dInputGradient } from './conv2d-input-gradient.js'
import { conv2d } from './conv2d.js'
import { correctCount } from './correct-count.js'
import { depthwise2dFilterGradient } from './depthwise2d-filter-gradient.js'
import { depthwise2dInputGradient } from './depthwise2d-input-gradient.js'
import { depthwise2d } from './depthwise2d.js'
import { divide } from './divide.js'
import { dot } from './dot.js'
import { dropPath } from './drop-path.js'
import { embed } from './embed.js'
import { exp } from './exp.js'
import { fill } from './fill.js'
import { fusedOperations, isFusedOperationName } from './fused.js'
import { globalAvgPoolGradient } from './global-avg-pool-gradient.js'
import { globalAvgPool } from './global-avg-pool.js'
import { l2NormaliseGradient } from './l2-normalise-gradient.js'
import { l2Normalise } from './l2-normalise.js'
import { log } from './log.js'
import { matmul } from './matmul.js'
import { maxPool2dGradient } from './max-pool2d-gradient.js'
import { maxPool2d } from './max-pool2d.js'
import { movingAverage } from './moving-average.js'
import { multiply } from './multiply.js'
import { padChannels } from './pad-channels.js'
import { power } from './power.js'
import { reluGradient } from './relu-gradient.js'
import { relu } from './relu.js'
import { resample2d } from './resample2d.js'
import { reshape } from './reshape.js'
import { rowMaximumGradient } from './row-maximum-gradient.js'
import { rowMaximum } from './row-maximum.js'
import { scaleByEntry } from './scale-by-entry.js'
import { scaleChannelsGradient } from './scale-channels-gradient.js'
import { scaleChannels } from './scale-channels.js'
import { scale } from './scale.js'
import { sgd } from './sgd.js'
import { shift2d } from './shift2d.js'
import { sliceChannels } from './slice-channels.js'
import { slice } from './slice.js'
import { softCrossEntropyGradient } from './soft-cross-entropy-gradient.js'
import { softCrossEntropy } from './soft-cross-entropy.js'
import { softmaxCrossEntropyGradient } from './softmax-cross-entropy-gradient.js'
import { softmaxCrossEntropy } from './softmax-cross-entropy.js'
import { softmaxGradient } from './softmax-gradient.js'
import { softmax } from './softmax.js'
import { stopGradient } from './stop-gradient.js'
import { straightThrough } from './straight-through.js'
import { subtract } from './subtract.js'
import { sumAll } from './sum-all.js'
import { sumRows } from './sum-rows.js'
import { transpose } from './transpose.js'
import { weightedSumGradient } from './weighted-sum-gradient.js'
import { weightedSum } from './weighted-sum.js'
import { zeros } from './zeros.js'

/** Every operation of tensor programs by its name. */
export const operations = {
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
  clip_value: clipValue,
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
  log,
  exp,
  power,
  divide,
  subtract,
  sum_all: sumAll,
  soft_cross_entropy: softCrossEntropy,
  soft_cross_entropy_gradient: softCrossEntropyGradient,
  l2_normalise: l2Normalise,
  l2_normalise_gradient: l2NormaliseGradient,
  row_maximum: rowMaximum,
  row_maximum_gradient: rowMaximumGradient,
  straight_through: straightThrough,
  stop_gradient: stopGradient,
  accumulate,
  clear,
} as const satisfies Readonly<Record<string, OperationDefinition>>

export type OperationName = keyof typeof operations

export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(operations, name)
}

/** What was looked up before: a map finds a name sooner than an object that holds it. */
const found = new Map<string, OperationDefinition>()

/** The definition of an operation of a program. A name that both tables lack is a defect of the planner and throws. */
export function definitionOf(name: string): OperationDefinition {
  const known = found.get(name)
  if (known !== undefined) return known
  const definition = isOperationName(name)
    ? operations[name]
    : isFusedOperationName(name)
      ? fusedOperations[name]
      : undefined
  if (definition === undefined) throw new Error(`there is no operation '${name}'`)
  found.set(name, definition)
  return definition
}
