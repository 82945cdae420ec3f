import { largestOption } from '../binding/bound-options.js'
import type { Decision } from '../decisions/decision.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Elastic, JointWidths, LayerNode, NetworkNode } from './network.js'
import { refuseEntangledMasks, refuseOtherEffects, type Outline } from './refuse-soft.js'
import { sameShape } from '../evaluation/shape.js'

export interface SoftDecision {
  readonly decision: Decision
  readonly by: Elastic['by']
}

export interface SoftTableOptions {
  /**
   * Options between the first and the last one are taken for the last, and what two decide together for what the narrower one
   * leaves: for who asks whether decisions can be relaxed so, and for no size.
   */
  readonly endsOnly?: boolean
}

/** By id of the node. */
export interface SoftTables {
  readonly elastic: ReadonlyMap<number, readonly Elastic[]>
  readonly joint: ReadonlyMap<number, JointWidths>
}

type Nodes = readonly NetworkNode[]
/** Builds the network with these decisions settled, all others being at their largest. */
type Build = (taken: ReadonlyMap<string, number>) => Nodes

/** By id of the node in the network that all are compared with; absent where there is no such node. */
type Variant = readonly (Outline | undefined)[]
/** Decisions that move together, each to this option or, where it has fewer, to its last. */
type Move = readonly [group: readonly SoftDecision[], option: number]

/**
 * What masked and subsampled decisions make of every node, found by building the network under their options. Decisions
 * that no node depends on together are moved together, so that a network of many stages is not built once per option of
 * every stage.
 *
 * @throws ElaborationFailure NAS6124 if such a decision changes which nodes there are, NAS767x and NAS7304 if it cannot be masked or
 *         subsampled
 */
export function softTables(
  base: Nodes,
  build: Build,
  soft: readonly SoftDecision[],
  { endsOnly = false }: SoftTableOptions = {},
): SoftTables {
  if (soft.length === 0) return { elastic: new Map(), joint: new Map() }
  const at = variantsOf(base, build)
  const dependents = new Map(soft.map((each) => [each, dependentsOf(base, at, each)]))
  const groups = groupsOf(soft, dependents)

  const elastic = new Map<number, Elastic[]>()
  for (const group of groups) {
    for (const each of group) {
      const { decision, by } = each
      const last = decision.options.length - 1
      const variants = decision.options.map((_, option) => at([group, endsOnly && option > 0 ? last : option]))
      for (const id of dependents.get(each) ?? []) {
        const others = variants.map((variant) => demand(variant, base, id, each))
        const attributes = by === 'subsample' ? differentAttributes(others) : undefined
        const shapes = others.map(({ shape }) => shape)
        const entry = { decision: decision.path, by, shapes, ...(attributes === undefined ? {} : { attributes }) }
        elastic.set(id, [...(elastic.get(id) ?? []), entry])
      }
    }
  }
  refuseEntangledMasks(base, elastic)
  return { elastic, joint: endsOnly ? new Map<number, JointWidths>() : jointWidths(base, elastic, groups, at) }
}

/** What two masks together leave of the nodes that both of them narrow. */
function jointWidths(
  base: Nodes,
  elastic: ReadonlyMap<number, readonly Elastic[]>,
  groups: readonly (readonly SoftDecision[])[],
  at: (...moves: readonly Move[]) => Variant,
): ReadonlyMap<number, JointWidths> {
  const groupOf = new Map(groups.flatMap((group, index) => group.map(({ decision }) => [decision.path, index])))
  const pairs = new Map<string, Variant>()
  const pair = (first: Elastic, i: number, second: Elastic, j: number): Variant => {
    const [a, b] = [groupOf.get(first.decision) ?? -1, groupOf.get(second.decision) ?? -1]
    const key = `${a} ${i} ${b} ${j}`
    const variant = pairs.get(key) ?? at([groups[a] ?? [], i], [groups[b] ?? [], j])
    pairs.set(key, variant)
    return variant
  }

  const joint = new Map<number, JointWidths>()
  for (const [id, entries] of elastic) {
    const width = base[id]?.shape.channels
    const masks = entries.filter(({ by, shapes }) => by === 'mask' && shapes.some(({ channels }) => channels !== width))
    const [first, second, ...others] = masks
    if (first === undefined || second === undefined || others.length > 0) continue
    const channels = first.shapes.map((_, i) =>
      second.shapes.map((__, j) => pair(first, i, second, j)[id]?.shape.channels ?? 0),
    )
    const isSmaller = channels.every((row, i) =>
      row.every((count, j) => count === Math.min(first.shapes[i]?.channels ?? 0, second.shapes[j]?.channels ?? 0)),
    )
    if (!isSmaller) joint.set(id, { decisions: [first.decision, second.decision], channels })
  }
  return joint
}

/** Builds the networks that are asked for, each once. */
function variantsOf(base: Nodes, build: Build): (...moves: readonly Move[]) => Variant {
  const whole = base.map(outlineOf)
  const known = new Map<string, Variant>()
  return (...moves) => {
    const all = moves.flatMap(([group, option]) => group.map((each) => ({ ...each, option: clamp(each, option) })))
    const moved = all.filter(({ decision, option }) => option !== largestOption(decision))
    if (moved.length === 0) return whole
    const key = moved.map(({ decision, option }) => `${decision.path}=${option}`).join('\n')
    const variant =
      known.get(key) ??
      variantOf(
        base,
        build(new Map(moved.map(({ decision, option }) => [decision.path, option]))),
        moved.some(({ by }) => by === 'subsample') ? outlineOf : narrowOutlineOf,
      )
    known.set(key, variant)
    return variant
  }
}

/** Many networks are compared, and none of them is kept whole. */
function variantOf(base: Nodes, nodes: Nodes, outline: (node: NetworkNode) => Outline): Variant {
  if (nodes.length === base.length && nodes.every(({ path }, id) => path === base[id]?.path)) return nodes.map(outline)
  const byPath = new Map(nodes.map((node) => [node.path, node]))
  return base.map(({ path }) => {
    const node = byPath.get(path)
    return node && outline(node)
  })
}

function outlineOf(node: NetworkNode): Outline {
  if (node.kind !== 'layer') return { shape: node.shape }
  return { shape: node.shape, attributes: node.attributes, weights: node.weights }
}

/** Where only masks move nobody asks for the shapes of weights. */
function narrowOutlineOf(node: NetworkNode): Outline {
  return node.kind === 'layer' ? { shape: node.shape, attributes: node.attributes } : { shape: node.shape }
}

/** Ids of the nodes that change with a decision. */
function dependentsOf(base: Nodes, at: (...moves: readonly Move[]) => Variant, each: SoftDecision): readonly number[] {
  const last = each.decision.options.length - 1
  const whole = base.map(outlineOf)
  // The ends of a range tell what depends on it.
  const ends = [0, last].map((option) => at([[each], option]))
  return whole.flatMap((node, id) => {
    const differs = ends.some((variant) => {
      const other = demand(variant, base, id, each)
      refuseOtherEffects(base[id]?.path ?? '', each.decision.path, each.by, node, other)
      return (
        !sameShape(other.shape, node.shape) ||
        (each.by === 'subsample' && differentAttributes([node, other]) !== undefined)
      )
    })
    return differs ? [id] : []
  })
}

/** Decisions without a common dependent, each in one group. */
function groupsOf(
  soft: readonly SoftDecision[],
  dependents: ReadonlyMap<SoftDecision, readonly number[]>,
): readonly (readonly SoftDecision[])[] {
  const groups: { readonly members: SoftDecision[]; readonly taken: Set<number> }[] = []
  for (const each of soft) {
    const own = dependents.get(each) ?? []
    const fits = groups.find(({ members, taken }) => members[0]?.by === each.by && !own.some((id) => taken.has(id)))
    const group = fits ?? { members: [], taken: new Set<number>() }
    if (!fits) groups.push(group)
    group.members.push(each)
    for (const id of own) group.taken.add(id)
  }
  return groups.map(({ members }) => members)
}

function clamp({ decision }: SoftDecision, option: number): number {
  return Math.min(option, decision.options.length - 1)
}

/** Arguments of a primitive under every option, if some differ. */
function differentAttributes(nodes: readonly Outline[]): readonly LayerNode['attributes'][] | undefined {
  const attributes = nodes.flatMap((node) => (node.attributes === undefined ? [] : [node.attributes]))
  const [first] = attributes
  if (first === undefined || attributes.length < nodes.length) return undefined
  const differs = attributes.some((other) => Object.entries(other).some(([name, value]) => value !== first[name]))
  return differs ? attributes : undefined
}

/** @throws ElaborationFailure where the node is missing */
function demand(variant: Variant, base: Nodes, id: number, { decision, by }: SoftDecision): Outline {
  const found = variant[id]
  if (found) return found
  throw new ElaborationFailure(decision.path, 'layer-missing', { layer: base[id]?.path ?? '', binding: by })
}
