import { at } from '../../../operations/support/element.js'
import { shapeOf, type InferenceOperation } from '../../inference/inference-program.js'
import { paddingAround, type Padding } from '../padding.js'
import type { TensorflowGraph } from './graph.js'
import { padded, paddingAttribute, perAxis, perPlace } from './windows.js'

/** The least number of 32 bits: infinities are not for JSON. */
const least = -3.4028234663852886e38

/** Windows at stride 1 are padded alike by TensorFlow; at others it begins elsewhere, so padding is a node of its own. */
export function writeMaxPool(graph: TensorflowGraph, operation: InferenceOperation): string {
  const padding = paddingAround(graph.program, operation)
  const map = graph.read(at(operation.inputs, 0))
  if (padding.window.stride === 1) return pooled(graph, 'MaxPool', map, padding, 'SAME')
  return pooled(graph, 'MaxPool', padded(graph, map, padding, least), padding, 'VALID')
}

/** The mean over the part of a window that lies inside the map. */
export function writeAveragePool(graph: TensorflowGraph, operation: InferenceOperation): string {
  const padding = paddingAround(graph.program, operation)
  const { kernel, stride } = padding.window
  const map = graph.read(at(operation.inputs, 0))
  if (stride === 1) return pooled(graph, 'AvgPool', map, padding, 'SAME')
  const mean = pooled(graph, 'AvgPool', padded(graph, map, padding), padding, 'VALID')
  const [, height = 1, width = 1] = shapeOf(graph.program, at(operation.inputs, 0))
  const [, rows = 1, columns = 1] = shapeOf(graph.program, operation.output)
  const inside = (place: number, size: number, before: number): number => {
    const first = place * stride - before
    return Math.min(size, first + kernel) - Math.max(0, first)
  }
  return perPlace(graph, mean, [1, rows, columns, 1], (place) => {
    const row = inside(Math.floor(place / columns), height, padding.top)
    return (kernel * kernel) / (row * inside(place % columns, width, padding.left))
  })
}

function pooled(
  graph: TensorflowGraph,
  op: 'MaxPool' | 'AvgPool',
  map: string,
  { window: { kernel, stride } }: Padding,
  padding: 'SAME' | 'VALID',
): string {
  return graph.node(op, [map], {
    ksize: perAxis(kernel),
    strides: perAxis(stride),
    padding: paddingAttribute(padding),
  })
}
