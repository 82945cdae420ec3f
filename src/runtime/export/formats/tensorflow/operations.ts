import { axisMapsOf, type AxisMap } from '../../../operations/resample2d.js'
import { activationOf } from '../../../operations/support/activations.js'
import { booleanOf, numberOf, numbersOf } from '../../../operations/support/attribute.js'
import { at } from '../../../operations/support/element.js'
import { shapeOf, weightOf, wildShape, type InferenceOperation } from '../../inference/inference-program.js'
import type { PrintableName } from '../../inference/printable.js'
import { axisMatrix } from '../axis-matrix.js'
import { transposed } from '../transposed.js'
import { writeActivation } from './activations.js'
import { writeConvolution, writeDepthwise } from './convolutions.js'
import type { GraphAttribute, TensorflowGraph } from './graph.js'
import { writeAveragePool, writeMaxPool } from './pools.js'

/** Writes the nodes of an operation and returns the name of its output. */
type GraphPrinter = (graph: TensorflowGraph, operation: InferenceOperation) => string

/** How every operation is written in operations of TensorFlow. */
export const graphOperations: Readonly<Record<PrintableName, GraphPrinter>> = {
  conv2d: writeConvolution,
  depthwise2d: writeDepthwise,
  batch_norm_inference(graph, { inputs, attributes }) {
    const [map, mean, variance, scale, shift] = inputs.map((id) => graph.read(id))
    const channels = shapeOf(graph.program, at(inputs, 1))
    const filled = (value: number): string =>
      graph.constant(
        `${graph.path}/${value === 1 ? 'scale' : 'shift'}`,
        channels,
        new Float32Array(at(channels, 0)).fill(value),
      )
    const vectors = [scale ?? filled(1), shift ?? filled(0), mean ?? '', variance ?? '']
    return graph.node('FusedBatchNormV3', [map ?? '', ...vectors], {
      U: { type: 'DT_FLOAT' },
      epsilon: { f: numberOf(attributes, 'epsilon') },
      data_format: { s: text('NHWC') },
      is_training: { b: false },
    })
  },
  batch_norm_train(graph, { inputs, attributes }) {
    // Along all axes but the last.
    const axes = graph.integers(
      shapeOf(graph.program, at(inputs, 0))
        .slice(1)
        .map((_, axis) => axis),
    )
    const mean = (x: string): string => graph.node('Mean', [x, axes], { keep_dims: { b: true } })
    const [x = '', scale, shift] = inputs.map((id) => graph.read(id))
    const centred = graph.node('Sub', [x, mean(x)])
    const variance = mean(graph.node('Mul', [centred, centred]))
    const spread = graph.node('Sqrt', [graph.node('AddV2', [variance, graph.float(numberOf(attributes, 'epsilon'))])])
    const normed = graph.node('RealDiv', [centred, spread])
    const scaled = scale === undefined ? normed : graph.node('Mul', [normed, scale])
    return shift === undefined ? scaled : graph.node('AddV2', [scaled, shift])
  },
  relu: (graph, { inputs }) => graph.node('Relu', [graph.read(at(inputs, 0))]),
  activation: (graph, { inputs, attributes }) =>
    writeActivation(graph, graph.read(at(inputs, 0)), activationOf(attributes['function'])),
  add: (graph, { inputs }) =>
    sum(
      graph,
      inputs.map((id) => graph.read(id)),
    ),
  multiply: binary('Mul'),
  scale_channels: binary('Mul'),
  bias_add: binary('AddV2'),
  scale: (graph, { inputs }) => scaleBy(graph, at(inputs, 0), at(weightOf(graph.program, at(inputs, 1)).data, 0)),
  scale_by_entry(graph, { inputs, attributes }) {
    const { data } = weightOf(graph.program, at(inputs, 0))
    return scaleBy(graph, at(inputs, 1), at(data, numberOf(attributes, 'index')))
  },
  weighted_sum(graph, { inputs, attributes }) {
    const { data } = weightOf(graph.program, at(inputs, 0))
    const indices = numbersOf(attributes, 'indices')
    return sum(
      graph,
      indices.map((index, i) => scaleBy(graph, at(inputs, i + 1), at(data, index))),
    )
  },
  max_pool2d: writeMaxPool,
  avg_pool2d: writeAveragePool,
  global_avg_pool: (graph, { inputs }) =>
    graph.node('Mean', [graph.read(at(inputs, 0)), graph.integers([1, 2])], { keep_dims: { b: true } }),
  shift2d(graph, { inputs, output, attributes }) {
    const [down, right] = [numberOf(attributes, 'down'), numberOf(attributes, 'right')]
    const around = [0, 0, Math.max(0, -down), Math.max(0, down), Math.max(0, -right), Math.max(0, right), 0, 0]
    const padded = graph.node('Pad', [graph.read(at(inputs, 0)), graph.integers(around, [4, 2])])
    const begin = [0, Math.max(0, down), Math.max(0, right), 0]
    return cut(graph, padded, begin, wildShape(graph.program, output))
  },
  resample2d(graph, { inputs, output, attributes }) {
    const [, height = 1, width = 1, channels = 1] = shapeOf(graph.program, at(inputs, 0))
    const [, rowsOut = 1, columnsOut = 1] = shapeOf(graph.program, output)
    const { rows, columns } = axisMapsOf(attributes)
    const map = graph.read(at(inputs, 0))
    const across = alongAxis(graph, map, columns, [height, width, channels], 2, columnsOut)
    return alongAxis(graph, across, rows, [height, columnsOut, channels], 1, rowsOut)
  },
  concat_channels(graph, { inputs }) {
    const axis = graph.integer(shapeOf(graph.program, at(inputs, 0)).length - 1)
    return concatenated(
      graph,
      inputs.map((id) => graph.read(id)),
      axis,
    )
  },
  slice_channels(graph, { inputs, output, attributes }) {
    const size = wildShape(graph.program, output)
    const begin = size.map((_, axis) => (axis === size.length - 1 ? numberOf(attributes, 'from') : 0))
    return cut(graph, graph.read(at(inputs, 0)), begin, size)
  },
  slice: (graph, { inputs, output, attributes }) =>
    cut(graph, graph.read(at(inputs, 0)), numbersOf(attributes, 'begin'), wildShape(graph.program, output)),
  softmax(graph, { inputs, attributes }) {
    const temperature = numberOf(attributes, 'temperature')
    const x = graph.read(at(inputs, 0))
    return graph.node('Softmax', [temperature === 1 ? x : graph.node('RealDiv', [x, graph.float(temperature)])])
  },
  matmul(graph, { inputs, attributes }) {
    const [a = '', b = '', bias] = inputs.map((id) => graph.read(id))
    const product = graph.node('MatMul', [a, b], {
      transpose_a: { b: booleanOf(attributes, 'transposeA') },
      transpose_b: { b: booleanOf(attributes, 'transposeB') },
    })
    return bias === undefined ? product : graph.node('AddV2', [product, bias])
  },
  batch_matmul: (graph, { inputs, attributes }) =>
    graph.node(
      'BatchMatMulV2',
      inputs.map((id) => graph.read(id)),
      {
        adj_x: { b: booleanOf(attributes, 'transposeA') },
        adj_y: { b: booleanOf(attributes, 'transposeB') },
      },
    ),
  transpose: (graph, { inputs, attributes }) =>
    graph.node('Transpose', [graph.read(at(inputs, 0)), graph.integers(numbersOf(attributes, 'order'))]),
  reshape: (graph, { inputs, output }) => reshaped(graph, graph.read(at(inputs, 0)), wildShape(graph.program, output)),
  zeros(graph, { output }) {
    const { program, path } = graph
    const own = shapeOf(program, output)
    const axis = at(program.values, output).batchAxis
    const integers: GraphAttribute = { type: 'DT_INT32' }
    const shape = graph.plain(`${path}/Shape`, 'Shape', [graph.read(program.images)], {
      T: { type: 'DT_FLOAT' },
      out_type: integers,
    })
    const first = graph.plain(`${path}/Slice`, 'Slice', [shape, graph.integers([0]), graph.integers([1])], {
      T: integers,
      Index: integers,
    })
    const lengths = own.map((size, each) => {
      if (each !== axis) return graph.integers([size])
      return size === 1 ? first : graph.plain(`${path}/Mul`, 'Mul', [first, graph.integers([size])], { T: integers })
    })
    const dims = graph.plain(`${path}/ConcatV2`, 'ConcatV2', [...lengths, graph.integer(0)], {
      T: integers,
      N: { i: String(own.length) },
    })
    return graph.node('Fill', [dims, graph.float(0)])
  },
}

/** Bytes of a text, as JSON has them. */
function text(word: string): string {
  return Buffer.from(word).toString('base64')
}

function binary(op: 'Mul' | 'AddV2'): GraphPrinter {
  return (graph, { inputs }) =>
    graph.node(
      op,
      inputs.map((id) => graph.read(id)),
    )
}

function sum(graph: TensorflowGraph, terms: readonly string[]): string {
  return graph.node('AddN', terms, { N: { i: String(terms.length) } })
}

function scaleBy(graph: TensorflowGraph, id: number, factor: number): string {
  return graph.node('Mul', [graph.read(id), graph.float(factor)])
}

function concatenated(graph: TensorflowGraph, parts: readonly string[], axis: string): string {
  return graph.node('ConcatV2', [...parts, axis], { N: { i: String(parts.length) } })
}

/** A block; -1 is all that there is. */
function cut(graph: TensorflowGraph, x: string, begin: readonly number[], size: readonly number[]): string {
  return graph.node('Slice', [x, graph.integers(begin), graph.integers(size)], { Index: { type: 'DT_INT32' } })
}

function reshaped(graph: TensorflowGraph, x: string, shape: readonly number[]): string {
  return graph.node('Reshape', [x, graph.integers(shape)])
}

/** A linear map along the height (axis 1) or the width (axis 2): that axis comes last, and is multiplied by a matrix. */
function alongAxis(
  graph: TensorflowGraph,
  map: string,
  linear: AxisMap,
  [height, width, channels]: readonly [number, number, number],
  axis: 1 | 2,
  places: number,
): string {
  const from = axis === 1 ? height : width
  const matrix = axisMatrix(linear, from)
  if (matrix === undefined) return map
  const order = axis === 1 ? [0, 3, 2, 1] : [0, 1, 3, 2]
  const [first, second] = axis === 1 ? [channels, width] : [height, channels]
  const weights = graph.constant(`${graph.path}/places`, [from, places], transposed(matrix, [places, from], [1, 0]))
  const rows = reshaped(graph, graph.node('Transpose', [map, graph.integers(order)]), [-1, from])
  const product = graph.node('MatMul', [rows, weights], { transpose_a: { b: false }, transpose_b: { b: false } })
  return graph.node('Transpose', [reshaped(graph, product, [-1, first, second, places]), graph.integers(order)])
}
