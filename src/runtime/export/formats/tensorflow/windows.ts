import { sizeOf } from '../../../operations/support/element.js'
import type { Padding } from '../padding.js'
import type { GraphAttribute, TensorflowGraph } from './graph.js'

/** One number for rows and columns, as TensorFlow's attributes have it for all axes. */
export function perAxis(size: number): GraphAttribute {
  return { list: { i: ['1', String(size), String(size), '1'] } }
}

export function paddingAttribute(padding: 'SAME' | 'VALID'): GraphAttribute {
  return { s: Buffer.from(padding).toString('base64') }
}

/** The map with its padding, of zeros or of another number. */
export function padded(
  graph: TensorflowGraph,
  map: string,
  { top, bottom, left, right }: Padding,
  value?: number,
): string {
  if (top + bottom + left + right === 0) return map
  const around = graph.integers([0, 0, top, bottom, left, right, 0, 0], [4, 2])
  return value === undefined ? graph.node('Pad', [map, around]) : graph.node('PadV2', [map, around, graph.float(value)])
}

/** Every place times its number. */
export function perPlace(
  graph: TensorflowGraph,
  map: string,
  shape: readonly number[],
  factor: (place: number) => number,
): string {
  const factors = Float32Array.from({ length: sizeOf(shape) }, (_, place) => factor(place))
  return graph.node('Mul', [map, graph.constant(`${graph.path}/shares`, shape, factors)])
}
