import type { LayerNode, MergeNode, Network, NetworkNode } from '../../ir/elaborate/network.js'
import { Failure } from '../../ir/failure.js'
import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { lowerMixture, type Mixture } from './mixture.js'
import { isPrimitiveName, primitives } from './primitives/index.js'
import type { StepSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

export interface LoweredNetwork {
  /** [batch, classes] */
  readonly logits: ValueId
  /** [batch, classes], of the auxiliary head. */
  readonly auxiliary?: ValueId
}

interface Lowering {
  readonly builder: ProgramBuilder
  readonly network: Network
  readonly spec: StepSpec
  readonly variables: StepVariables
  readonly mixture: Mixture | undefined
  /** Value of every node lowered so far. */
  readonly values: ValueId[]
}

/**
 * The forward pass of a network, node by node.
 *
 * @throws Failure NAS7301 on a primitive that the runtime does not know, NAS7303 on a pool that it cannot pad
 */
export function lowerNetwork(
  builder: ProgramBuilder,
  network: Network,
  spec: StepSpec,
  variables: StepVariables,
): LoweredNetwork {
  const mixture = lowerMixture(builder, network, spec, variables)
  const lowering: Lowering = { builder, network, spec, variables, mixture, values: [] }
  for (const node of network.nodes) {
    builder.origin = node.path
    lowering.values.push(lowerNode(lowering, node))
  }
  const logits = classScores(lowering, network.logits)
  const auxiliary = network.auxiliary === undefined ? undefined : classScores(lowering, network.auxiliary)
  builder.origin = undefined
  return auxiliary === undefined ? { logits } : { logits, auxiliary }
}

function lowerNode(lowering: Lowering, node: NetworkNode): ValueId {
  const { builder, spec } = lowering
  const inputs = node.inputs.map((input) => valueOf(lowering, input))
  switch (node.kind) {
    case 'input': {
      const { height, width, channels } = node.shape
      return builder.input('images', [spec.batch, height, width, channels])
    }
    case 'layer':
      return lowerLayer(lowering, node)
    case 'merge':
      return lowerMerge(builder, node, inputs)
    case 'mix': {
      if (lowering.mixture === undefined) throw new Error(`${node.path} has no weights`)
      const offset = lowering.mixture.offsetOf(node.decision)
      const indices = node.options.map((option) => offset + option)
      return builder.one('weighted_sum', [lowering.mixture.weights, ...inputs], { indices })
    }
    case 'edge': {
      const value = valueOf(lowering, only(node))
      const drops = spec.mode === 'train' && spec.dropPath === true && node.droppable
      return drops ? builder.one('drop_path', [value, builder.input(dropPathName(node.path), [spec.batch])]) : value
    }
  }
}

/** Name of the input with the drop-path mask of an edge. */
export function dropPathName(edge: string): string {
  return `dropPath/${edge}`
}

function lowerLayer(lowering: Lowering, layer: LayerNode): ValueId {
  const { builder, network, spec, variables } = lowering
  if (!isPrimitiveName(layer.operation)) throw unknownPrimitive(layer)
  const source = network.nodes[only(layer)]
  if (source === undefined) throw new Error(`${layer.path} reads a node that does not exist`)
  return primitives[layer.operation]({
    builder,
    layer,
    input: valueOf(lowering, source.id),
    inputShape: source.shape,
    batch: spec.batch,
    mode: spec.mode,
    weight(name) {
      const weight = layer.weights.find((each) => each.name === name)
      if (weight === undefined) return undefined
      const { path, shape, init, role } = weight
      return variables.declare(builder, { name: path, shape, init, role })
    },
    statistic(role) {
      const init = role === 'mean' ? 'zeros' : 'ones'
      return variables.declare(builder, { name: `${layer.path}.${role}`, shape: [source.shape.channels], init, role })
    },
  })
}

function unknownPrimitive(layer: LayerNode): Failure {
  return new Failure(
    'NAS7301',
    `The runtime has no primitive \`${layer.operation}\`, which ${layer.path} is.`,
    `A space can be checked and counted with any \`extern op\`; to be run it is made of these: ${Object.keys(primitives).join(', ')}.`,
  )
}

function lowerMerge(builder: ProgramBuilder, node: MergeNode, inputs: readonly ValueId[]): ValueId {
  switch (node.merge) {
    case 'sum':
      return builder.one('add', inputs)
    case 'concat':
      return builder.one('concat_channels', inputs)
    case 'multiply':
      return inputs.reduce((product, input) => builder.one('multiply', [product, input]))
  }
}

function classScores(lowering: Lowering, node: number): ValueId {
  const { builder, network, spec } = lowering
  return builder.one('reshape', [valueOf(lowering, node)], { shape: [spec.batch, network.classes] })
}

function valueOf(lowering: Lowering, node: number): ValueId {
  const value = lowering.values[node]
  if (value === undefined) throw new Error(`node ${String(node)} is read before it is made`)
  return value
}

function only(node: NetworkNode): number {
  const [input, ...others] = node.inputs
  if (input === undefined || others.length > 0) throw new Error(`${node.path} must have exactly one input`)
  return input
}
