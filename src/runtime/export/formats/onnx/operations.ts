import { activationOf } from '../../../operations/support/activations.js'
import { booleanOf, numberOf, numbersOf } from '../../../operations/support/attribute.js'
import { at, lastOf } from '../../../operations/support/element.js'
import { axisMapsOf } from '../../../operations/resample2d.js'
import type { PrintableName } from '../../inference/printable.js'
import { shapeOf, weightOf, wildShape, type InferenceOperation } from '../../inference/inference-program.js'
import { axisMatrix } from '../axis-matrix.js'
import { axisIn, inLayout, isPixel, type Layout } from '../layouts.js'
import { paddingAround } from '../padding.js'
import { transposed } from '../transposed.js'
import { writeActivation } from './activations.js'
import type { OnnxGraph } from './graph.js'

/** Writes the nodes of an operation and defines its output. */
type OnnxPrinter = (graph: OnnxGraph, operation: InferenceOperation) => void

/** How every operation is written in operators of ONNX. */
export const onnxOperations: Readonly<Record<PrintableName, OnnxPrinter>> = {
  conv2d(graph, operation) {
    const { inputs, attributes, output } = operation
    const kernel = weightOf(graph.program, at(inputs, 1))
    const [height = 1, width = 1, depth = 1, filters = 1] = kernel.shape
    const data = transposed(kernel.data, kernel.shape, [3, 2, 0, 1])
    const weight = graph.weight(kernel.name, [filters, depth, height, width], data)
    convolve(graph, operation, weight, numberOf(attributes, 'groups'), output)
  },
  depthwise2d(graph, operation) {
    const kernel = weightOf(graph.program, at(operation.inputs, 1))
    const [height = 1, width = 1, channels = 1] = kernel.shape
    const data = transposed(kernel.data, kernel.shape, [2, 0, 1])
    const weight = graph.weight(kernel.name, [channels, 1, height, width], data)
    convolve(graph, operation, weight, channels, operation.output)
  },
  batch_norm_inference(graph, { inputs, attributes, output }) {
    const map = graph.layouts.read(at(inputs, 0), 'channels-first')
    const channels = lastOf(shapeOf(graph.program, at(inputs, 0)))
    const vector = (position: number, otherwise: number): string => {
      const id = inputs[position]
      if (id !== undefined) return named(graph, id)
      return graph.floats([channels], new Float32Array(channels).fill(otherwise))
    }
    const normed = graph.node('BatchNormalization', [map, vector(3, 1), vector(4, 0), vector(1, 0), vector(2, 1)], {
      epsilon: { float: numberOf(attributes, 'epsilon') },
    })
    graph.layouts.define(output, 'channels-first', normed)
  },
  batch_norm_train(graph, { inputs, attributes, output }) {
    // Along all axes but the last.
    const axes = shapeOf(graph.program, at(inputs, 0))
      .slice(1)
      .map((_, axis) => axis)
    const x = graph.read(at(inputs, 0))
    const centred = graph.node('Sub', [x, graph.node('ReduceMean', [x], { axes, keepdims: 1 })])
    const variance = graph.node('ReduceMean', [graph.node('Mul', [centred, centred])], { axes, keepdims: 1 })
    const epsilon = graph.floats([], [numberOf(attributes, 'epsilon')])
    const spread = graph.node('Sqrt', [graph.node('Add', [variance, epsilon])])
    const normed = graph.node('Div', [centred, spread])
    const [scale, shift] = [inputs[1], inputs[2]]
    const scaled = scale === undefined ? normed : graph.node('Mul', [normed, named(graph, scale)])
    graph.layouts.define(
      output,
      'channels-last',
      shift === undefined ? scaled : graph.node('Add', [scaled, named(graph, shift)]),
    )
  },
  relu: elementwise((graph, [x = '']) => graph.node('Relu', [x])),
  activation: elementwise((graph, [x = ''], { attributes }) =>
    writeActivation(graph, x, activationOf(attributes['function'])),
  ),
  add: elementwise((graph, terms) => graph.node('Sum', terms)),
  multiply: elementwise((graph, factors) => graph.node('Mul', factors)),
  scale(graph, { inputs, output }) {
    scaleBy(graph, at(inputs, 0), at(weightOf(graph.program, at(inputs, 1)).data, 0), output)
  },
  scale_by_entry(graph, { inputs, output, attributes }) {
    const { data } = weightOf(graph.program, at(inputs, 0))
    scaleBy(graph, at(inputs, 1), at(data, numberOf(attributes, 'index')), output)
  },
  weighted_sum(graph, { inputs, output, attributes }) {
    const { data } = weightOf(graph.program, at(inputs, 0))
    const terms = inputs.slice(1)
    const layout = graph.layouts.shared(terms)
    const scaled = numbersOf(attributes, 'indices').map((index, i) =>
      graph.node('Mul', [graph.layouts.read(at(terms, i), layout), graph.floats([], [at(data, index)])]),
    )
    graph.layouts.define(output, layout, graph.node('Sum', scaled))
  },
  bias_add: perChannel('Add'),
  scale_channels: perChannel('Mul'),
  max_pool2d(graph, operation) {
    pool(graph, operation, 'MaxPool', {})
  },
  avg_pool2d(graph, operation) {
    pool(graph, operation, 'AveragePool', { count_include_pad: 0 })
  },
  global_avg_pool(graph, { inputs, output }) {
    const map = graph.layouts.read(at(inputs, 0), 'channels-first')
    graph.layouts.define(output, 'channels-first', graph.node('GlobalAveragePool', [map]))
  },
  shift2d(graph, { inputs, output, attributes }) {
    const [down, right] = [numberOf(attributes, 'down'), numberOf(attributes, 'right')]
    const map = graph.layouts.read(at(inputs, 0), 'channels-first')
    const pads = graph.integers([0, 0, -down, -right, 0, 0, down, right])
    graph.layouts.define(output, 'channels-first', graph.node('Pad', [map, pads]))
  },
  resample2d(graph, { inputs, output, attributes }) {
    const [, height = 1, width = 1] = shapeOf(graph.program, at(inputs, 0))
    const { rows, columns } = axisMapsOf(attributes)
    const [down, across] = [axisMatrix(rows, height), axisMatrix(columns, width)]
    let map = graph.layouts.read(at(inputs, 0), 'channels-first')
    if (down !== undefined) map = graph.node('MatMul', [graph.floats([down.length / height, height], down), map])
    if (across !== undefined) {
      const size = [across.length / width, width]
      const weights = graph.floats([width, across.length / width], transposed(across, size, [1, 0]))
      map = graph.node('MatMul', [map, weights])
    }
    graph.layouts.define(output, 'channels-first', map)
  },
  concat_channels(graph, { inputs, output }) {
    const layout = graph.layouts.shared(inputs)
    const axis = channelAxis(graph, at(inputs, 0), layout)
    const maps = inputs.map((id) => graph.layouts.read(id, layout))
    graph.layouts.define(output, layout, graph.node('Concat', maps, { axis }))
  },
  slice_channels(graph, { inputs, output, attributes }) {
    const layout = graph.layouts.shared([at(inputs, 0)])
    const [from, to] = [numberOf(attributes, 'from'), numberOf(attributes, 'to')]
    const bounds = [[from], [to], [channelAxis(graph, at(inputs, 0), layout)]].map((each) => graph.integers(each))
    graph.layouts.define(output, layout, graph.node('Slice', [graph.layouts.read(at(inputs, 0), layout), ...bounds]))
  },
  slice(graph, { inputs, output, attributes }) {
    const id = at(inputs, 0)
    const layout = graph.layouts.shared([id])
    const shape = wildShape(graph.program, id)
    const [begin, size] = [numbersOf(attributes, 'begin'), wildShape(graph.program, output)]
    const cut = shape.flatMap((whole, axis) => (whole === at(size, axis) ? [] : [axis]))
    if (cut.length === 0) {
      graph.layouts.define(output, layout, graph.layouts.read(id, layout))
      return
    }
    const bounds = [
      cut.map((axis) => at(begin, axis)),
      cut.map((axis) => at(begin, axis) + at(size, axis)),
      cut.map((axis) => axisIn(layout, axis)),
    ].map((each) => graph.integers(each))
    graph.layouts.define(output, layout, graph.node('Slice', [graph.layouts.read(id, layout), ...bounds]))
  },
  softmax(graph, { inputs, output, attributes }) {
    const layout = graph.layouts.shared([at(inputs, 0)])
    const temperature = numberOf(attributes, 'temperature')
    const x = graph.layouts.read(at(inputs, 0), layout)
    const logits = temperature === 1 ? x : graph.node('Div', [x, graph.floats([], [temperature])])
    const axis = channelAxis(graph, at(inputs, 0), layout)
    graph.layouts.define(output, layout, graph.node('Softmax', [logits], { axis }))
  },
  matmul(graph, { inputs, output, attributes }) {
    const [transA, transB] = [booleanOf(attributes, 'transposeA'), booleanOf(attributes, 'transposeB')]
    const factors = inputs.map((id) => named(graph, id))
    const flags = { transA: Number(transA), transB: Number(transB) }
    graph.layouts.define(output, 'channels-last', graph.node('Gemm', factors, flags))
  },
  batch_matmul(graph, { inputs, output, attributes }) {
    const flags = [booleanOf(attributes, 'transposeA'), booleanOf(attributes, 'transposeB')]
    const factors = inputs.map((id, i) => {
      const name = named(graph, id)
      return flags[i] === true ? graph.node('Transpose', [name], { perm: [0, 2, 1] }) : name
    })
    graph.layouts.define(output, 'channels-last', graph.node('MatMul', factors))
  },
  transpose(graph, { inputs, output, attributes }) {
    const perm = numbersOf(attributes, 'order')
    graph.layouts.define(output, 'channels-last', graph.node('Transpose', [graph.read(at(inputs, 0))], { perm }))
  },
  reshape(graph, { inputs, output }) {
    const [from, to] = [shapeOf(graph.program, at(inputs, 0)), wildShape(graph.program, output)]
    // A map of one pixel is the same numbers in either layout.
    const read = isPixel(from) ? graph.layouts.shared([at(inputs, 0)]) : 'channels-last'
    const write = isPixel(shapeOf(graph.program, output)) ? 'channels-first' : 'channels-last'
    const shape = graph.integers(inLayout(write, to))
    graph.layouts.define(output, write, graph.node('Reshape', [graph.layouts.read(at(inputs, 0), read), shape]))
  },
  zeros(graph, { output }) {
    const { images } = graph.program
    const own = shapeOf(graph.program, output)
    const layout: Layout = own.length === 4 ? 'channels-first' : 'channels-last'
    const axis = at(graph.program.values, output).batchAxis
    const first = graph.node('Shape', [graph.layouts.read(images, 'channels-first')], { start: 0, end: 1 })
    const lengths = own.map((size, each) => {
      if (each !== axis) return graph.integers([size])
      return size === 1 ? first : graph.node('Mul', [first, graph.integers([size])])
    })
    const shape = graph.node('Concat', inLayout(layout, lengths), { axis: 0 })
    graph.layouts.define(output, layout, graph.node('ConstantOfShape', [shape]))
  },
}

/** A weight by its own name, once; anything else as it is known. */
function named(graph: OnnxGraph, id: number): string {
  const { weight, shape } = at(graph.program.values, id)
  if (weight === undefined) return graph.read(id)
  return graph.known(id, () => graph.weight(weight.name, shape, weight.data))
}

function channelAxis(graph: OnnxGraph, id: number, layout: Layout): number {
  return axisIn(layout, shapeOf(graph.program, id).length - 1)
}

function elementwise(
  write: (graph: OnnxGraph, names: readonly string[], operation: InferenceOperation) => string,
): OnnxPrinter {
  return (graph, operation) => {
    const layout = graph.layouts.shared(operation.inputs)
    const names = operation.inputs.map((id) => graph.layouts.read(id, layout))
    graph.layouts.define(operation.output, layout, write(graph, names, operation))
  }
}

function scaleBy(graph: OnnxGraph, id: number, factor: number, output: number): void {
  const layout = graph.layouts.shared([id])
  graph.layouts.define(output, layout, graph.node('Mul', [graph.layouts.read(id, layout), graph.floats([], [factor])]))
}

/** A number for every channel, or for every image and channel. */
function perChannel(type: 'Add' | 'Mul'): OnnxPrinter {
  return (graph, { inputs, output }) => {
    const [map, vector] = [at(inputs, 0), at(inputs, 1)]
    const { weight } = at(graph.program.values, vector)
    const layout = graph.layouts.shared([map])
    const shape = layout === 'channels-first' ? [-1, 1, 1] : [-1]
    const operand =
      weight === undefined
        ? graph.layouts.read(vector, layout)
        : graph.weight(
            weight.name,
            shape.map((size) => (size < 0 ? weight.data.length : size)),
            weight.data,
          )
    graph.layouts.define(output, layout, graph.node(type, [graph.layouts.read(map, layout), operand]))
  }
}

function convolve(
  graph: OnnxGraph,
  operation: InferenceOperation,
  weight: string,
  group: number,
  output: number,
): void {
  const { window, top, left, bottom, right } = paddingAround(graph.program, operation)
  const bias = operation.inputs.slice(2).map((id) => named(graph, id))
  const map = graph.layouts.read(at(operation.inputs, 0), 'channels-first')
  const convolved = graph.node('Conv', [map, weight, ...bias], {
    kernel_shape: [window.kernel, window.kernel],
    strides: [window.stride, window.stride],
    dilations: [window.dilation, window.dilation],
    pads: [top, left, bottom, right],
    group,
  })
  graph.layouts.define(output, 'channels-first', convolved)
}

function pool(
  graph: OnnxGraph,
  operation: InferenceOperation,
  type: 'MaxPool' | 'AveragePool',
  attributes: Readonly<Record<string, number>>,
): void {
  const { window, top, left, bottom, right } = paddingAround(graph.program, operation)
  const map = graph.layouts.read(at(operation.inputs, 0), 'channels-first')
  const pooled = graph.node(type, [map], {
    kernel_shape: [window.kernel, window.kernel],
    strides: [window.stride, window.stride],
    pads: [top, left, bottom, right],
    ...attributes,
  })
  graph.layouts.define(operation.output, 'channels-first', pooled)
}
