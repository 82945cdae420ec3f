import { largestOption } from '../binding/bound-options.js'
import { type Decider } from '../decisions/decider.js'
import type { Binding, Bound } from '../decisions/binding.js'
import type { Decision } from '../decisions/decision.js'
import type { Network, NetworkNode, Weight, WindowSize } from './network.js'
import { sameShape, type Shape } from '../evaluation/shape.js'
import { softTables, type SoftTableOptions, type SoftTables } from './soft-tables.js'

export interface Built {
  readonly network: Network
  readonly decider: Decider
}

/**
 * Builds a network and records what elastic decisions make of it: for `slice`, the shapes of the whole weights; for `mask`
 * and `subsample`, the shapes of every node under each option. They are found by building the network under these options:
 * whatever the expressions of a space are, the tables are right.
 *
 * @throws ElaborationFailure as {@link softTables}
 */
export function withElasticity(
  build: (binding: Binding) => Built,
  binding: Binding,
  known: Map<string, Stored> = new Map<string, Stored>(),
  options: SoftTableOptions = {},
): Network {
  const { network, decider } = build(binding)
  const bound = new Map<Decision, Bound>()
  for (const { decision } of decider.reached.values()) bound.set(decision, decider.bound(decision, undefined))
  const of = (...kinds: readonly Bound['kind'][]): readonly Decision[] =>
    [...bound].flatMap(([decision, { kind }]) => (kinds.includes(kind) ? [decision] : []))

  const sliced = of('slice')
  const soft = of('mask', 'subsample')
  if (sliced.length === 0 && soft.length === 0) return network

  const stored = sliced.length === 0 ? undefined : storedFor(network, bound, known, build, binding)
  const tables = softTables(
    network.nodes,
    (taken) => build(takingAll(binding, taken)).network.nodes,
    soft.map((decision) => ({ decision, by: bound.get(decision)?.kind === 'subsample' ? 'subsample' : 'mask' })),
    options,
  )
  return { ...network, nodes: network.nodes.map((node) => annotated(node, tables, stored)) }
}

/** The binding with every slice as large as it can be. */
function largest(binding: Binding): Binding {
  return (decision, copy) => {
    const bound = binding(decision, copy)
    return bound.kind === 'slice' ? { ...bound, option: largestOption(decision) } : bound
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
  /** Sizes of the windows of kernels under the options of transforming decisions. */
  readonly windows: Map<string, Map<string, WindowSize>>
}

/** Finds the shapes: at first in the largest network, and for what that lacks in all that differ by one decision. */
function storedFor(
  network: Network,
  bound: ReadonlyMap<Decision, Bound>,
  known: Map<string, Stored>,
  build: (binding: Binding) => Built,
  binding: Binding,
): Stored {
  const transforms = [...bound.values()].some(isTransforming)
  // Slices are all taken out of the same whole, so that paths of different depths share it.
  const open = [...bound].flatMap(([{ path }, each]) =>
    each.kind === 'slice' ? [] : [`${path} ${JSON.stringify(each)}`],
  )
  const key = [...open, transforms ? 'transforms' : ''].join('\n')
  const found = known.get(key)
  const stored: Stored = found ?? { weights: new Map(), nodes: new Map(), windows: new Map() }
  known.set(key, stored)
  if (!found) include(stored, build(largest(binding)).network)
  // A shortcut that needs a convolution only where channels change is not in the largest network.
  if ((!found && transforms) || network.nodes.some(({ path }) => !stored.nodes.has(path))) {
    for (const neighbour of neighbours(build, binding)) {
      include(stored, neighbour.network)
      if (isTransforming(binding(neighbour.decision))) includeWindows(stored, neighbour.network)
    }
  }
  return stored
}

function isTransforming(bound: Bound): boolean {
  return bound.kind === 'slice' && bound.transform === true
}

interface Neighbour {
  readonly decision: Decision
  readonly network: Network
}

/**
 * The networks that differ from the largest one by the option of one decision, and where that leads to further decisions by
 * theirs, too.
 */
function neighbours(build: (binding: Binding) => Built, binding: Binding): readonly Neighbour[] {
  const seen = new Set<string>()
  const found: Neighbour[] = []
  const visit = (base: Binding, { decider }: Built): void => {
    const reached = [...decider.reached.values()].map(({ decision }) => decision)
    const fresh = reached.filter((decision) => !seen.has(decision.path) && binding(decision).kind === 'slice')
    for (const { path } of fresh) seen.add(path)
    for (const decision of fresh) {
      for (const option of decision.options.keys()) {
        const taken = taking(base, decision, option)
        const built = build(taken)
        found.push({ decision, network: built.network })
        visit(taken, built)
      }
    }
  }
  visit(largest(binding), build(largest(binding)))
  return found
}

function includeWindows({ windows }: Stored, network: Network): void {
  for (const node of network.nodes) {
    if (node.kind !== 'layer') continue
    for (const { path, shape } of node.weights) {
      const [height, width] = shape
      if (shape.length <= 2 || height === undefined || width === undefined) continue
      const sizes = windows.get(path) ?? new Map<string, WindowSize>()
      windows.set(path, sizes.set(`${height}x${width}`, [height, width]))
    }
  }
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
  const marked =
    shapes || widths ? { ...node, ...(shapes && { elastic: shapes }), ...(widths && { joint: widths }) } : node
  if (!stored) return marked
  const whole = stored.nodes.get(node.path)
  const isPart = whole && !sameShape(whole, node.shape)
  if (marked.kind !== 'layer') return isPart ? { ...marked, stored: whole } : marked
  const weights = marked.weights.map((weight) => withStored(weight, stored))
  if (isPart) return { ...marked, stored: whole, weights }
  return weights.every((weight, i) => weight === marked.weights[i]) ? marked : { ...marked, weights }
}

function withStored(weight: Weight, { weights, windows }: Stored): Weight {
  const stored = weights.get(weight.path)
  if (!stored || stored.every((size, index) => size === weight.shape[index])) return weight
  const transforms = transformsTo(weight, stored, [...(windows.get(weight.path)?.values() ?? [])])
  return transforms.length === 0 ? { ...weight, stored } : { ...weight, stored, transforms }
}

/** The windows between the stored one and that of a weight, largest first, each inside of the one before. */
function transformsTo({ shape }: Weight, stored: readonly number[], windows: readonly WindowSize[]): WindowSize[] {
  const fits = (inner: readonly number[], outer: readonly number[]): boolean =>
    [0, 1].every((axis) => (inner[axis] ?? 0) <= (outer[axis] ?? 0))
  const isSame = (a: readonly number[], b: readonly number[]): boolean => fits(a, b) && fits(b, a)
  const chain: WindowSize[] = []
  for (const window of [...windows].sort((a, b) => b[0] - a[0] || b[1] - a[1])) {
    const before = chain.at(-1) ?? stored
    if (fits(shape, window) && fits(window, before) && !isSame(window, before)) chain.push(window)
  }
  return chain
}
