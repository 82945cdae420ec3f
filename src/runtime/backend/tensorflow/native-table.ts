import type { FusedOperationName } from '../../operations/fused.js'
import type { OperationName } from '../../operations/index.js'
import { activationNames, activationOf } from '../../operations/support/activations.js'
import { booleanOf, numberOf, numbersOf } from '../../operations/support/attribute.js'
import { at, lastOf } from '../../operations/support/element.js'
import { axisMapsOf, placesOf } from '../../operations/resample2d.js'
import type { KernelCall, NativeKernel } from './kernel.js'
import { native } from './native-kernel.js'

/** Attributes of an operation that are numbers, in the order given. */
const numbers =
  (...names: readonly string[]) =>
  ({ attributes }: KernelCall): readonly number[] =>
    names.map((name) => numberOf(attributes, name))

/** An attribute that is a list of numbers. */
const list =
  (name: string) =>
  ({ attributes }: KernelCall): readonly number[] =>
    numbersOf(attributes, name)

const transposes = ({ attributes }: KernelCall): readonly number[] =>
  ['transposeA', 'transposeB'].map((name) => (booleanOf(attributes, name) ? 1 : 0))

const functionOf = ({ attributes }: KernelCall): readonly number[] => [
  activationNames.indexOf(activationOf(attributes['function'])),
]

const normGradient = (activated: boolean): NativeKernel =>
  native('NascBatchNormGradient', {
    ints: ({ outputs }) => [outputs.length > 1 ? 1 : 0, activated ? 1 : 0],
    inPlace: [0, 1],
  })

/** Operations that kernels of ours do, where they are compiled. What is missing here is left to TensorFlow. */
export const nativeTable: Readonly<Partial<Record<OperationName | FusedOperationName, NativeKernel>>> = {
  activation: native('NascActivation', { ints: functionOf, inPlace: [0] }),
  activation_gradient: native('NascActivationGradient', { ints: functionOf, inPlace: 'all' }),
  adam: native('NascAdam', { reals: numbers('beta1', 'beta2', 'epsilon', 'decay') }),
  add: native('NascAdd', { inPlace: 'all' }),
  avg_pool2d: native('NascAvgPool', { ints: numbers('kernel', 'stride') }),
  avg_pool2d_gradient: native('NascAvgPoolGradient', {
    ints: numbers('kernel', 'stride', 'inputHeight', 'inputWidth'),
  }),
  batch_matmul: native('NascMatmul', { ints: transposes }),
  batch_norm_inference: native('NascBatchNormInference', { reals: numbers('epsilon'), inPlace: [0] }),
  batch_norm_relu_train_gradient: normGradient(true),
  batch_norm_statistics: native('NascBatchNormStatistics', { reals: numbers('epsilon') }),
  batch_norm_train: native('NascBatchNormTrain', { reals: numbers('epsilon'), inPlace: [0] }),
  batch_norm_train_gradient: normGradient(false),
  bias_add: native('NascBiasAdd', { inPlace: [0] }),
  clip_scale: native('NascClipScale', { reals: numbers('norm') }),
  concat_channels: native('NascConcatChannels'),
  constant: native('NascConstant', {
    ints: list('shape'),
    reals: list('values'),
  }),
  conv2d: native('NascConvolution', { ints: numbers('stride', 'dilation', 'groups') }),
  conv2d_filter_gradient: native('NascConvolutionFilterGradient', {
    ints: numbers('stride', 'dilation', 'groups', 'kernel'),
  }),
  conv2d_input_gradient: native('NascConvolutionInputGradient', {
    ints: numbers('stride', 'dilation', 'groups', 'inputHeight', 'inputWidth'),
  }),
  depthwise2d: native('NascDepthwise', { ints: numbers('stride', 'dilation') }),
  depthwise2d_filter_gradient: native('NascDepthwiseFilterGradient', { ints: numbers('stride', 'dilation', 'kernel') }),
  depthwise2d_input_gradient: native('NascDepthwiseInputGradient', {
    ints: numbers('stride', 'dilation', 'inputHeight', 'inputWidth'),
  }),
  dot: native('NascDot'),
  drop_path: native('NascDropPath', { inPlace: [0] }),
  embed: native('NascEmbed', {
    ints: ({ attributes }) => [...numbersOf(attributes, 'begin'), ...numbersOf(attributes, 'shape')],
  }),
  fill: native('NascFill', { ints: list('shape'), reals: numbers('value') }),
  global_avg_pool: native('NascGlobalAvgPool'),
  global_avg_pool_gradient: native('NascGlobalAvgPoolGradient', { ints: numbers('inputHeight', 'inputWidth') }),
  matmul: native('NascMatmul', { ints: transposes }),
  max_pool2d: native('NascMaxPool', { ints: numbers('kernel', 'stride') }),
  max_pool2d_gradient: native('NascMaxPoolGradient', { ints: numbers('kernel', 'stride') }),
  moving_average: native('NascMovingAverage', {
    reals: ({ attributes, inputs }) => [
      inputs.length === 3 ? 0 : numberOf(attributes, 'momentum'),
      numberOf(attributes, 'factor'),
    ],
  }),
  multiply: native('NascMultiply', { inPlace: 'all' }),
  norm_relu_depthwise2d: native('NascNormReluDepthwise', { ints: numbers('stride', 'dilation') }),
  norm_relu_depthwise2d_filter_gradient: native('NascNormReluDepthwiseFilterGradient', {
    ints: numbers('stride', 'dilation', 'kernel'),
  }),
  pad_channels: native('NascPadChannels', {
    ints: ({ attributes, outputs }) => [numberOf(attributes, 'from'), lastOf(at(outputs, 0))],
  }),
  relu: native('NascRelu', { inPlace: [0] }),
  relu_gradient: native('NascReluGradient', { inPlace: 'all' }),
  resample2d: native('NascResample', {
    ints: ({ attributes }) => {
      const { rows, columns } = axisMapsOf(attributes)
      return [rows, columns].flatMap((map) => [map.taps, placesOf(map)]).concat([...rows.indices, ...columns.indices])
    },
    reals: ({ attributes }) => [...numbersOf(attributes, 'rowWeights'), ...numbersOf(attributes, 'columnWeights')],
  }),
  reshape: native('NascReshape', { ints: ({ outputs }) => at(outputs, 0), inPlace: [0] }),
  scale: native('NascScale', { inPlace: [0] }),
  scale_by_entry: native('NascScaleByEntry', { ints: numbers('index'), inPlace: [1] }),
  scale_channels: native('NascScaleChannels', { inPlace: [0] }),
  scale_channels_gradient: native('NascScaleChannelsGradient', {
    ints: ({ attributes }) => numbersOf(attributes, 'shape'),
  }),
  sgd: native('NascSgd', {
    ints: ({ attributes }) => [booleanOf(attributes, 'nesterov') ? 1 : 0],
    reals: numbers('momentum', 'decay'),
  }),
  shift2d: native('NascShift', { ints: numbers('down', 'right') }),
  slice: native('NascSlice', {
    ints: ({ attributes }) => [...numbersOf(attributes, 'begin'), ...numbersOf(attributes, 'size')],
  }),
  slice_channels: native('NascSliceChannels', {
    ints: ({ attributes, outputs }) => [numberOf(attributes, 'from'), lastOf(at(outputs, 0))],
  }),
  softmax: native('NascSoftmax', { reals: numbers('temperature'), inPlace: [0] }),
  softmax_gradient: native('NascSoftmaxGradient', { reals: numbers('temperature'), inPlace: 'all' }),
  sum_rows: native('NascSumRows'),
  transpose: native('NascTranspose', { ints: list('order') }),
  weighted_sum: native('NascWeightedSum', {
    ints: ({ attributes }) => numbersOf(attributes, 'indices'),
    inPlace: 'rest',
  }),
  weighted_sum_gradient: native('NascWeightedSumGradient', {
    ints: ({ attributes }) => numbersOf(attributes, 'indices'),
  }),
  zeros: native('NascFill', { ints: list('shape'), reals: () => [0] }),
}

/** Our kernel for an operation, if there is one. */
export function nativeKernelOf(operation: string): NativeKernel | undefined {
  return isNative(operation) ? nativeTable[operation] : undefined
}

function isNative(operation: string): operation is keyof typeof nativeTable {
  return Object.hasOwn(nativeTable, operation)
}
