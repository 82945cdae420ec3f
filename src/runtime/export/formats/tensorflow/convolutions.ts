import { at } from '../../../operations/support/element.js'
import { numberOf } from '../../../operations/support/attribute.js'
import { shapeOf, weightOf, type InferenceOperation } from '../../inference/inference-program.js'
import { paddingAround, type Padding } from '../padding.js'
import type { TensorflowGraph } from './graph.js'
import { padded, paddingAttribute, perAxis } from './windows.js'

/** Convolutions of groups are those of the parts of the channels. */
export function writeConvolution(graph: TensorflowGraph, operation: InferenceOperation): string {
  const { inputs, attributes } = operation
  const groups = numberOf(attributes, 'groups')
  const map = graph.read(at(inputs, 0))
  const convolve = (part: string, kernel: string): string => windowed(graph, operation, 'Conv2D', part, kernel)
  if (groups === 1) return withBias(graph, operation, convolve(map, graph.read(at(inputs, 1))))
  const kernel = weightOf(graph.program, at(inputs, 1))
  const [height = 1, width = 1, depth = 1, filters = 1] = kernel.shape
  const size = filters / groups
  const axis = graph.integer(3)
  const split = graph.node('Split', [axis, map], { num_split: { i: String(groups) } })
  const parts = Array.from({ length: groups }, (_, group) => {
    const data = kernel.data.filter((_number, i) => Math.floor((i % filters) / size) === group)
    const own = graph.constant(`${kernel.name}/${String(group)}`, [height, width, depth, size], data)
    return convolve(group === 0 ? split : `${split}:${String(group)}`, own)
  })
  return withBias(graph, operation, graph.node('ConcatV2', [...parts, axis], { N: { i: String(groups) } }))
}

export function writeDepthwise(graph: TensorflowGraph, operation: InferenceOperation): string {
  const kernel = weightOf(graph.program, at(operation.inputs, 1))
  const [size = 1, , channels = 1] = kernel.shape
  const { dilation } = paddingAround(graph.program, operation).window
  const spreads = dilation > 1 && !graph.options.dilatesDepthwise
  const extent = spreads ? dilation * (size - 1) + 1 : size
  const data = spreads ? spread(kernel.data, size, channels, dilation) : kernel.data
  const own = graph.constant(kernel.name, [extent, extent, channels, 1], data)
  const map = graph.read(at(operation.inputs, 0))
  const convolved = windowed(graph, operation, 'DepthwiseConv2dNative', map, own, spreads ? 1 : dilation)
  return withBias(graph, operation, convolved)
}

/** A kernel with zeros between its taps. */
function spread(data: Float32Array, size: number, channels: number, dilation: number): Float32Array {
  const extent = dilation * (size - 1) + 1
  const result = new Float32Array(extent * extent * channels)
  data.forEach((value, i) => {
    const [row, column] = [Math.floor(i / (size * channels)), Math.floor(i / channels) % size]
    result[(row * extent + column) * dilation * channels + (i % channels)] = value
  })
  return result
}

/**
 * At stride 1 TensorFlow pads as tensor programs do; at others it begins elsewhere. Where there are gaps between the taps
 * as well, which TensorFlow.js does not have together, all windows are computed and every so manieth is taken.
 */
function windowed(
  graph: TensorflowGraph,
  operation: InferenceOperation,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  map: string,
  kernel: string,
  dilation = paddingAround(graph.program, operation).window.dilation,
): string {
  const padding = paddingAround(graph.program, operation)
  const { stride } = padding.window
  const write = (x: string, step: number, how: 'SAME' | 'VALID'): string =>
    graph.node(op, [x, kernel], {
      strides: perAxis(step),
      padding: paddingAttribute(how),
      dilations: perAxis(dilation),
      data_format: { s: Buffer.from('NHWC').toString('base64') },
    })
  if (stride === 1) return write(map, 1, 'SAME')
  if (dilation === 1) return write(padded(graph, map, padding), stride, 'VALID')
  return everySo(graph, write(map, 1, 'SAME'), padding, shapeOf(graph.program, at(operation.inputs, 0)))
}

/** Every so manieth row and column, from the first. */
function everySo(
  graph: TensorflowGraph,
  map: string,
  { window: { stride } }: Padding,
  shape: readonly number[],
): string {
  const [, height = 1, width = 1] = shape
  const bounds = [
    [0, 0, 0, 0],
    [0, height, width, 0],
    [1, stride, stride, 1],
  ].map((each) => graph.integers(each))
  // All images and all channels.
  const whole = { i: String(0b1001) }
  return graph.node('StridedSlice', [map, ...bounds], {
    Index: { type: 'DT_INT32' },
    begin_mask: whole,
    end_mask: whole,
  })
}

function withBias(graph: TensorflowGraph, { inputs }: InferenceOperation, map: string): string {
  const bias = inputs[2]
  return bias === undefined ? map : graph.node('AddV2', [map, graph.read(bias)])
}
