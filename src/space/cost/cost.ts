import type { LayerNode, Network, NetworkNode, Weight } from '../network/network.js'
import type { Shape } from '../evaluation/shape.js'
import { conventionOf, defaultConvention, type Convention, type ConventionName } from './convention.js'

export interface LayerRow {
  readonly path: string
  /** Name of the primitive. */
  readonly op: string
  readonly in: Shape
  readonly out: Shape
  readonly parameters: number
  readonly macs: number
}

export interface Cost {
  readonly convention: ConventionName
  /** Scalars. The auxiliary head and the logits of choices are not among them. */
  readonly parameters: number
  /** Multiply-accumulates for one image, and what the convention counts beside them. */
  readonly macs: number
  /** Bytes of the float32 outputs of all layers, merges and mixes for one image: what training keeps at most, without sharing. */
  readonly activationBytes: number
  readonly layers: readonly LayerRow[]
}

/**
 * What a network costs under a convention, in total and per layer. A weight that several layers share counts once in
 * `parameters`. The auxiliary head is left out, as in every published figure: it exists only while training.
 *
 * @param convention `conv-fc` (default), `full`, `mobile-vision`, `ptflops`
 * @throws Failure NAS8120 on another convention
 */
export function costOf(network: Network, convention: string = defaultConvention): Cost {
  const rules = conventionOf(convention)
  const counted = nodesBefore(network, network.logits)
  const seen = new Set<string>()
  const layers: LayerRow[] = []
  let activationBytes = 0
  for (const node of network.nodes) {
    if (!counted.has(node.id)) continue
    if (node.kind !== 'input' && node.kind !== 'edge') activationBytes += bytesOf(node)
    if (node.kind === 'layer') layers.push(rowOf(network, node, rules, seen))
  }
  return {
    convention: rules.name,
    parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
    macs: layers.reduce((sum, { macs }) => sum + macs, 0),
    activationBytes,
    layers,
  }
}

/** Ids of the nodes that a node is computed from, itself included. */
export function nodesBefore(network: Network, id: number): ReadonlySet<number> {
  const found = new Set<number>([id])
  for (let index = network.nodes.length - 1; index >= 0; index--) {
    const node = network.nodes[index]
    if (node && found.has(node.id)) for (const input of node.inputs) found.add(input)
  }
  return found
}

function rowOf(network: Network, node: LayerNode, rules: Convention, seen: Set<string>): LayerRow {
  let parameters = 0
  for (const weight of countedWeights(node, rules)) {
    if (seen.has(weight.path)) continue
    seen.add(weight.path)
    parameters += sizeOfWeight(weight)
  }
  return {
    path: node.path,
    op: node.operation,
    in: inputShape(network, node),
    out: node.shape,
    parameters,
    macs: macsOfLayer(node, rules),
  }
}

function inputShape(network: Network, node: NetworkNode): Shape {
  const [input] = node.inputs
  return (input === undefined ? undefined : network.nodes[input]?.shape) ?? node.shape
}

/** Multiply-accumulates of a layer, with what the convention counts beside them. */
export function macsOfLayer({ cost }: LayerNode, { cost: key }: Convention): number {
  return cost.macs + (key === undefined ? 0 : (cost.extra[key] ?? 0))
}

/** Weights of a layer that the convention counts. */
export function countedWeights({ weights }: LayerNode, { kernelsOnly }: Convention): readonly Weight[] {
  return kernelsOnly ? weights.filter(({ role }) => role === 'kernel') : weights
}

export function sizeOfWeight({ shape }: Weight): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Bytes of the float32 output of a node for one image. */
export function bytesOf({ shape: { height, width, channels } }: NetworkNode): number {
  return 4 * height * width * channels
}
