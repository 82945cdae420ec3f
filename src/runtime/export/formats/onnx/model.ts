import type { InferenceProgram } from '../../inference/inference-program.js'
import { at } from '../../../operations/support/element.js'
import { inLayout } from '../layouts.js'
import { wildShape } from '../../inference/inference-program.js'
import { OnnxGraph } from './graph.js'
import { encodeModel } from './messages.js'
import { onnxOperations } from './operations.js'

/** Its operators are those of this version of the standard. */
export const opset = 17
/** The oldest format of files that has them. */
const irVersion = 8

/** A network as an ONNX model: `images` [images, channels, height, width] in, `logits` [images, classes] out. */
export function onnxModel(program: InferenceProgram, metadata: Readonly<Record<string, string>>): Uint8Array {
  const graph = new OnnxGraph(program)
  graph.layouts.define(program.images, 'channels-first', 'images')
  for (const operation of program.operations) {
    graph.path = operation.path
    onnxOperations[operation.operation](graph, operation)
  }
  const last = graph.read(program.logits)
  graph.nodes.push({ input: [last], output: ['logits'], name: 'logits', op_type: 'Identity', attribute: [] })
  const images = wildShape(program, program.images)
  return encodeModel({
    producerVersion: metadata['producer'] ?? '',
    name: metadata['architecture'] ?? 'network',
    document: metadata['decisions'] ?? '',
    opset,
    irVersion,
    nodes: graph.nodes,
    tensors: graph.tensors,
    inputs: [{ name: 'images', dims: inLayout('channels-first', images).map(named) }],
    outputs: [{ name: 'logits', dims: ['images', at(wildShape(program, program.logits), 1)] }],
    metadata,
  })
}

function named(size: number): number | string {
  return size < 0 ? 'images' : size
}
