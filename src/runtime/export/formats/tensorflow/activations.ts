import type { ActivationName } from '../../../operations/support/activations.js'
import type { TensorflowGraph } from './graph.js'

/** Writes an activation function and returns the name of what it makes of `x`. */
export function writeActivation(graph: TensorflowGraph, x: string, name: ActivationName): string {
  return writers[name](graph, x)
}

const writers: Readonly<Record<ActivationName, (graph: TensorflowGraph, x: string) => string>> = {
  relu6: (graph, x) => graph.node('Relu6', [x]),
  swish: (graph, x) => graph.node('Mul', [x, graph.node('Sigmoid', [x])]),
  hswish: (graph, x) => graph.node('Mul', [x, gate(graph, x)]),
  hsigmoid: gate,
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  tanh: (graph, x) => graph.node('Tanh', [x]),
  gelu: (graph, x) => halved(graph, x, graph.node('Erf', [graph.node('Mul', [x, graph.float(Math.SQRT1_2)])])),
  gelu_tanh(graph, x) {
    const square = graph.node('Mul', [graph.node('Mul', [x, x]), graph.float(0.044715)])
    const cubic = graph.node('Mul', [x, graph.node('AddV2', [square, graph.float(1)])])
    return halved(graph, x, graph.node('Tanh', [graph.node('Mul', [cubic, graph.float(Math.sqrt(2 / Math.PI))])]))
  },
}

/** relu6(x + 3) / 6 */
function gate(graph: TensorflowGraph, x: string): string {
  const clipped = graph.node('Relu6', [graph.node('AddV2', [x, graph.float(3)])])
  return graph.node('Mul', [clipped, graph.float(1 / 6)])
}

/** x / 2 times (1 + what a function makes of it). */
function halved(graph: TensorflowGraph, x: string, made: string): string {
  return graph.node('Mul', [graph.node('Mul', [x, graph.float(0.5)]), graph.node('AddV2', [made, graph.float(1)])])
}
