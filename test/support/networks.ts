import type { LayerNode, Network, NetworkNode, Weight } from '../../src/space/network/network.js'
import type { Shape } from '../../src/space/evaluation/shape.js'

type Attributes = LayerNode['attributes']
type Draft = NetworkNode extends infer Node ? (Node extends NetworkNode ? Omit<Node, 'id'> : never) : never

const cost = { macs: 0, extra: {} }

/** Builds networks by hand, as ELABORATE builds them from a space. */
export class NetworkSketch {
  readonly nodes: NetworkNode[] = []

  constructor(
    readonly input: Shape,
    readonly classes: number,
  ) {
    this.add({ kind: 'input', path: 'input', inputs: [], shape: input })
  }

  add(draft: Draft): number {
    const id = this.nodes.length
    this.nodes.push({ ...draft, id })
    return id
  }

  shape(id: number): Shape {
    const node = this.nodes[id]
    if (node === undefined) throw new Error(`no node ${String(id)}`)
    return node.shape
  }

  layer(
    path: string,
    operation: string,
    input: number,
    shape: Shape,
    attributes: Attributes = {},
    weights: readonly Weight[] = [],
  ): number {
    return this.add({ kind: 'layer', path, operation, inputs: [input], shape, attributes, weights, cost })
  }

  conv(path: string, input: number, channels: number, kernel = 1, stride = 1): number {
    const { height, width, channels: from } = this.shape(input)
    const shape = { height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels }
    const weights = [weight(path, 'kernel', [kernel, kernel, from, channels], 'he_normal')]
    return this.layer(
      path,
      'conv',
      input,
      shape,
      { channels, kernel, stride, dilation: 1, groups: 1, bias: false },
      weights,
    )
  }

  depthwise(path: string, input: number, kernel: number, dilation = 1): number {
    const shape = this.shape(input)
    const weights = [weight(path, 'kernel', [kernel, kernel, shape.channels], 'he_normal')]
    return this.layer(path, 'depthwise', input, shape, { kernel, stride: 1, dilation }, weights)
  }

  bn(path: string, input: number, affine: boolean): number {
    const shape = this.shape(input)
    const weights = affine
      ? [weight(path, 'scale', [shape.channels], 'ones'), weight(path, 'shift', [shape.channels], 'zeros')]
      : []
    return this.layer(path, 'bn', input, shape, { affine, epsilon: 1e-5, momentum: 0.1 }, weights)
  }

  linear(path: string, input: number): number {
    const { height, width, channels } = this.shape(input)
    const weights = [
      weight(path, 'kernel', [height * width * channels, this.classes], 'linear_uniform'),
      weight(path, 'bias', [this.classes], 'zeros'),
    ]
    return this.layer(
      path,
      'linear',
      input,
      { height: 1, width: 1, channels: this.classes },
      { features: this.classes, bias: true },
      weights,
    )
  }

  head(path: string, input: number): number {
    const { channels } = this.shape(input)
    return this.linear(
      `${path}.linear`,
      this.layer(`${path}.global_pool`, 'global_pool', input, { height: 1, width: 1, channels }),
    )
  }

  /** The alternatives of an edge of a DARTS-like cell: none, max_pool, skip, separable convolution, 1x1 convolution. */
  mixedEdge(path: string, decision: string, input: number): number {
    const shape = this.shape(input)
    const zero = this.layer(`${path}.none.zero`, 'zero', input, shape, { stride: 1 })
    const pooled = this.layer(`${path}.max_pool.pool`, 'max_pool', input, shape, { kernel: 3, stride: 1 })
    const pool = this.bn(`${path}.max_pool.bn`, pooled, false)
    const skip = this.layer(`${path}.skip`, 'identity', input, shape)
    const active = this.layer(`${path}.sep.relu`, 'relu', input, shape)
    const deep = this.conv(`${path}.sep.conv`, this.depthwise(`${path}.sep.depthwise`, active, 3, 2), shape.channels)
    const sep = this.bn(`${path}.sep.bn`, deep, false)
    const again = this.layer(`${path}.point.relu`, 'relu', input, shape)
    const point = this.bn(`${path}.point.bn`, this.conv(`${path}.point.conv`, again, shape.channels), false)
    const mix = this.add({
      kind: 'mix',
      path: `${path}.mix`,
      decision,
      options: [0, 1, 2, 3, 4],
      inputs: [zero, pool, skip, sep, point],
      shape,
    })
    return this.add({ kind: 'edge', path, node: 'cell.n1', source: 's0', droppable: true, inputs: [mix], shape })
  }

  merge(path: string, merge: 'sum' | 'concat' | 'multiply', inputs: readonly number[]): number {
    const [first = 0] = inputs
    const { channels, ...size } = this.shape(first)
    const shape = { ...size, channels: merge === 'concat' ? channels * inputs.length : channels }
    return this.add({ kind: 'merge', path, merge, inputs, shape })
  }

  build(logits: number, auxiliary?: number): Network {
    const { input, classes, nodes } = this
    return {
      mode: 'shared',
      input,
      classes,
      nodes,
      logits,
      cells: [],
      ...(auxiliary === undefined ? {} : { auxiliary }),
    }
  }
}

function weight(
  path: string,
  name: 'kernel' | 'bias' | 'scale' | 'shift',
  shape: readonly number[],
  init: Weight['init'],
): Weight {
  return { name, path: `${path}.${name}`, shape, role: name, init }
}

/** A cell of two nodes and three mixed edges between a stem and a head; the last edge has the decision of the first. */
export function smallSupernet(): Network {
  const sketch = new NetworkSketch({ height: 6, width: 5, channels: 3 }, 4)
  const stem = sketch.bn('stem.bn', sketch.conv('stem.conv', 0, 4, 3), true)
  const n1 = sketch.merge('cell.n1', 'sum', [
    sketch.mixedEdge('cell.n1.s0', 'cell.n1.through[s0]', stem),
    sketch.mixedEdge('cell.n1.s1', 'cell.n1.through[s1]', stem),
  ])
  const n2 = sketch.merge('cell.n2', 'sum', [
    sketch.mixedEdge('cell.n2.s0', 'cell.n1.through[s0]', stem),
    sketch.mixedEdge('cell.n2.n1', 'cell.n2.through[n1]', n1),
  ])
  return sketch.build(sketch.head('head', sketch.merge('cell', 'concat', [n1, n2])))
}

/** Convolution, batch norm, ReLU and a head, with an auxiliary head on the stem. */
export function smallNetwork(): Network {
  const sketch = new NetworkSketch({ height: 6, width: 6, channels: 2 }, 3)
  const stem = sketch.bn('stem.bn', sketch.conv('stem.conv', 0, 4, 3), true)
  const active = sketch.layer('relu', 'relu', stem, sketch.shape(stem))
  const edge = sketch.add({
    kind: 'edge',
    path: 'cell.n1.s0',
    node: 'cell.n1',
    source: 's0',
    droppable: true,
    inputs: [active],
    shape: sketch.shape(active),
  })
  const body = sketch.bn('body.bn', sketch.conv('body.conv', edge, 6, 3, 2), true)
  return sketch.build(sketch.head('head', body), sketch.head('auxiliary', stem))
}
