import { largestOption } from '../binding/bound-options.js'
import { type Decider } from '../values/decider.js'
import type { Binding, Bound } from '../values/binding.js'
import type { Decision } from '../values/decision.js'
import type { Network, NetworkNode, Weight } from './network.js'
import { sameShape, type Shape } from '../values/shape.js'
import { softTables, type SoftTables } from './soft-tables.js'

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
export function withElasticity(
  build: (binding: Binding) => Built,
  binding: Binding,
  known: Map<string, Stored> = new Map<string, Stored>(),
): Network {
  const { network, decider } = build(binding)
  const bound = new Map<Decision, Bound>()
  for (const { decision } of decider.reached.values()) bound.set(decision, decider.bound(decision, undefined))
  const of = (...kinds: readonly Bound['kind'][]): readonly Decision[] =>
    [...bound].flatMap(([decision, { kind }]) => (kinds.includes(kind) ? [decision] : []))

  const sliced = of('slice')
  const soft = of('mask', 'subsample')
  if (sliced.length === 0 && soft.length === 0) return network

  const stored =
    sliced.length === 0 ? undefined : storedFor(network, bound, known, () => largestParts(build, binding, sliced))
  const tables = softTables(
    network.nodes,
    (taken) => build(takingAll(binding, taken)).network.nodes,
    soft.map((decision) => ({ decision, by: bound.get(decision)?.kind === 'subsample' ? 'subsample' : 'mask' })),
  )
  return { ...network, nodes: network.nodes.map((node) => annotated(node, tables, stored)) }
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

/** {@link taking} of several decisions. */
function takingAll(binding: Binding, taken: ReadonlyMap<string, number>): Binding {
  return (decision, copy) => {
    const option = taken.get(decision.path)
    return option === undefined ? binding(decision, copy) : { kind: 'slice', option }
  }
}

/** What the store holds: the largest shapes of weights and of maps, by path. Found once, whatever is sliced out of it. */
export interface Stored {
  readonly weights: Map<string, readonly number[]>
  readonly nodes: Map<string, Shape>
}

/** How the shapes are found: at first in the largest network, and for what that lacks in all that differ by one decision. */
interface LargestParts {
  readonly network: () => Network
  readonly others: () => readonly Network[]
}

function largestParts(build: (binding: Binding) => Built, binding: Binding, sliced: readonly Decision[]): LargestParts {
  return {
    network: () => build(largest(binding)).network,
    others: () =>
      sliced.flatMap((decision) =>
        decision.options.map((_, option) => build(taking(largest(binding), decision, option)).network),
      ),
  }
}

function storedFor(
  network: Network,
  bound: ReadonlyMap<Decision, Bound>,
  known: Map<string, Stored>,
  parts: () => LargestParts,
): Stored {
  // Slices are all taken out of the same whole, so that paths of different depths share it.
  const key = [...bound]
    .flatMap(([{ path }, each]) => (each.kind === 'slice' ? [] : [`${path} ${JSON.stringify(each)}`]))
    .join('\n')
  const found = known.get(key)
  const stored = found ?? { weights: new Map<string, readonly number[]>(), nodes: new Map<string, Shape>() }
  known.set(key, stored)
  const { network: whole, others } = parts()
  if (!found) include(stored, whole())
  // A shortcut that needs a convolution only where channels change is not in the largest network.
  if (network.nodes.some(({ path }) => !stored.nodes.has(path))) for (const other of others()) include(stored, other)
  return stored
}

function include({ weights, nodes }: Stored, network: Network): void {
  for (const node of network.nodes) {
    const before = nodes.get(node.path) ?? node.shape
    nodes.set(node.path, {
      height: Math.max(before.height, node.shape.height),
      width: Math.max(before.width, node.shape.width),
      channels: Math.max(before.channels, node.shape.channels),
    })
    if (node.kind !== 'layer') continue
    for (const { path, shape } of node.weights) {
      const other = weights.get(path)
      weights.set(
        path,
        shape.map((size, axis) => Math.max(size, other?.[axis] ?? 0)),
      )
    }
  }
}

function annotated(node: NetworkNode, { elastic, joint }: SoftTables, stored: Stored | undefined): NetworkNode {
  const [shapes, widths] = [elastic.get(node.id), joint.get(node.id)]
  const marked = { ...node, ...(shapes ? { elastic: shapes } : {}), ...(widths ? { joint: widths } : {}) }
  if (!stored) return marked
  const whole = stored.nodes.get(node.path)
  const sliced = whole && !sameShape(whole, node.shape) ? { ...marked, stored: whole } : marked
  if (sliced.kind !== 'layer') return sliced
  return { ...sliced, weights: sliced.weights.map((weight) => withStored(weight, stored.weights.get(weight.path))) }
}

function withStored(weight: Weight, stored: readonly number[] | undefined): Weight {
  if (!stored || stored.every((size, index) => size === weight.shape[index])) return weight
  return { ...weight, stored }
}
