import { largestOption, type Decider } from './decider.js'
import type { Binding, Bound, Decision } from './decision.js'
import { ElaborationFailure } from './elaboration-failure.js'
import type { Elastic, LayerNode, Network, NetworkNode, Shape, Weight } from './network.js'

export interface Built {
  readonly network: Network
  readonly decider: Decider
}

/**
 * Builds a network and records what elastic decisions make of it: for `slice`, the shapes of the whole weights; for `mask`
 * and `subsample`, the shapes of every node under each option. They are found by building the network under these options:
 * whatever the expressions of a space are, the tables are right.
 *
 * @throws ElaborationFailure (`binding`) if such a decision changes which nodes there are
 */
export function withElasticity(build: (binding: Binding) => Built, binding: Binding): Network {
  const { network, decider } = build(binding)
  const bound = new Map<Decision, Bound>()
  for (const { decision } of decider.reached.values()) bound.set(decision, decider.bound(decision, undefined))
  const of = (...kinds: readonly Bound['kind'][]): readonly Decision[] =>
    [...bound].flatMap(([decision, { kind }]) => (kinds.includes(kind) ? [decision] : []))

  const sliced = of('slice')
  const soft = of('mask', 'subsample')
  if (sliced.length === 0 && soft.length === 0) return network

  const stored = sliced.length === 0 ? undefined : storedIn(build(largest(binding)).network)
  const elastic = new Map<string, Elastic[]>()
  for (const decision of soft) {
    const by = bound.get(decision)?.kind === 'subsample' ? 'subsample' : 'mask'
    // The network itself has the largest option.
    const asBuilt = largestOption(decision)
    const variants = decision.options.map((_, option) =>
      nodesByPath(option === asBuilt ? network : build(taking(binding, decision, option)).network),
    )
    for (const node of network.nodes) {
      const { path, shape } = node
      const others = variants.map((variant) => variant.get(path) ?? absent(decision, path, by))
      const shapes = others.map((other) => other.shape)
      const attributes = by === 'subsample' ? differentAttributes(node, others) : undefined
      if (attributes === undefined && shapes.every((other) => sameShape(other, shape))) continue
      const entry = {
        decision: decision.path,
        by,
        shapes,
        ...(attributes === undefined ? {} : { attributes }),
      } as const
      elastic.set(path, [...(elastic.get(path) ?? []), entry])
    }
  }
  return { ...network, nodes: network.nodes.map((node) => annotated(node, elastic.get(node.path), stored)) }
}

/** The binding with every slice as large as it can be. */
function largest(binding: Binding): Binding {
  return (decision, copy) => {
    const bound = binding(decision, copy)
    return bound.kind === 'slice' ? { kind: 'slice', option: largestOption(decision) } : bound
  }
}

/** The binding with one decision settled, under the paths of weights that an elastic decision has. */
function taking(binding: Binding, settled: Decision, option: number): Binding {
  return (decision, copy) => (decision.path === settled.path ? { kind: 'slice', option } : binding(decision, copy))
}

/** What the store holds: shapes of the largest network, of weights and of maps, by path. */
interface Stored {
  readonly weights: ReadonlyMap<string, readonly number[]>
  readonly nodes: ReadonlyMap<string, NetworkNode>
}

function storedIn(network: Network): Stored {
  const weights = network.nodes.flatMap((node) => (node.kind === 'layer' ? node.weights : []))
  return { weights: new Map(weights.map(({ path, shape }) => [path, shape])), nodes: nodesByPath(network) }
}

function annotated(
  node: NetworkNode,
  elastic: readonly Elastic[] | undefined,
  stored: Stored | undefined,
): NetworkNode {
  const marked = elastic ? { ...node, elastic } : node
  if (!stored) return marked
  const whole = stored.nodes.get(node.path)?.shape
  const sliced = whole && !sameShape(whole, node.shape) ? { ...marked, stored: whole } : marked
  if (sliced.kind !== 'layer') return sliced
  return { ...sliced, weights: sliced.weights.map((weight) => withStored(weight, stored.weights.get(weight.path))) }
}

function withStored(weight: Weight, stored: readonly number[] | undefined): Weight {
  if (!stored || stored.every((size, index) => size === weight.shape[index])) return weight
  return { ...weight, stored }
}

function nodesByPath(network: Network): ReadonlyMap<string, NetworkNode> {
  return new Map(network.nodes.map((node) => [node.path, node]))
}

/** Arguments of a primitive under every option, if some differ. */
function differentAttributes(
  node: NetworkNode,
  others: readonly NetworkNode[],
): readonly LayerNode['attributes'][] | undefined {
  if (node.kind !== 'layer') return undefined
  const attributes = others.map((other) => (other.kind === 'layer' ? other.attributes : node.attributes))
  const differs = attributes.some((other) =>
    Object.entries(other).some(([name, value]) => value !== node.attributes[name]),
  )
  return differs ? attributes : undefined
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.height === b.height && a.width === b.width && a.channels === b.channels
}

function absent(decision: Decision, path: string, by: string): never {
  throw new ElaborationFailure(
    'binding',
    decision.path,
    `under some option of this decision there is no \`${path}\`, so \`${by}\` cannot stand for it.`,
    'Bind a decision that changes which layers exist by `mix`.',
  )
}
