import type { ActivationName } from '../../../operations/support/activations.js'
import type { OnnxGraph } from './graph.js'

/** Writes an activation function and returns the name of what it makes of `x`. */
export function writeActivation(graph: OnnxGraph, x: string, name: ActivationName): string {
  return writers[name](graph, x)
}

const number = (graph: OnnxGraph, value: number): string => graph.floats([], [value])

const writers: Readonly<Record<ActivationName, (graph: OnnxGraph, x: string) => string>> = {
  relu6: (graph, x) => graph.node('Clip', [x, number(graph, 0), number(graph, 6)]),
  swish: (graph, x) => graph.node('Mul', [x, graph.node('Sigmoid', [x])]),
  hswish: (graph, x) => graph.node('HardSwish', [x]),
  hsigmoid: (graph, x) => graph.node('HardSigmoid', [x], { alpha: { float: 1 / 6 }, beta: { float: 0.5 } }),
  sigmoid: (graph, x) => graph.node('Sigmoid', [x]),
  tanh: (graph, x) => graph.node('Tanh', [x]),
  gelu: (graph, x) => halved(graph, x, graph.node('Erf', [graph.node('Div', [x, number(graph, Math.SQRT2)])])),
  gelu_tanh(graph, x) {
    const square = graph.node('Mul', [x, x])
    const cubic = graph.node('Mul', [
      x,
      graph.node('Add', [graph.node('Mul', [square, number(graph, 0.044715)]), number(graph, 1)]),
    ])
    return halved(graph, x, graph.node('Tanh', [graph.node('Mul', [cubic, number(graph, Math.sqrt(2 / Math.PI))])]))
  },
}

/** x / 2 times (1 + what a function makes of it). */
function halved(graph: OnnxGraph, x: string, made: string): string {
  const gate = graph.node('Add', [made, number(graph, 1)])
  return graph.node('Mul', [graph.node('Mul', [x, number(graph, 0.5)]), gate])
}
