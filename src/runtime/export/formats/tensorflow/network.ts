import type { InferenceProgram } from '../../inference/inference-program.js'
import { wildShape } from '../../inference/inference-program.js'
import { shapeProto, TensorflowGraph, type GraphOptions } from './graph.js'
import { graphOperations } from './operations.js'

/** Of graphs, as TensorFlow 2.9 writes them. */
export const graphVersion = 1087

/** A network as a graph of TensorFlow: `images` [images, height, width, channels] in, `logits` [images, classes] out. */
export function tensorflowGraph(program: InferenceProgram, options: GraphOptions): TensorflowGraph {
  const graph = new TensorflowGraph(program, options)
  const shape = shapeProto(wildShape(program, program.images))
  graph.define(
    program.images,
    graph.plain('images', 'Placeholder', [], { dtype: { type: 'DT_FLOAT' }, shape: { shape } }),
  )
  for (const operation of program.operations) {
    graph.path = operation.path
    graph.define(operation.output, graphOperations[operation.operation](graph, operation))
  }
  graph.plain('logits', 'Identity', [graph.read(program.logits)], { T: { type: 'DT_FLOAT' } })
  return graph
}

/** What is fed and what is fetched, as signatures name it. */
export function signatureOf(program: InferenceProgram) {
  const tensor = (name: string, dims: readonly number[]) => ({
    name: `${name}:0`,
    dtype: 'DT_FLOAT' as const,
    tensorShape: shapeProto(dims),
  })
  return {
    inputs: { images: tensor('images', wildShape(program, program.images)) },
    outputs: { logits: tensor('logits', wildShape(program, program.logits)) },
  }
}
