import { largestOption } from './decider.js'
import type { Decision } from './decision.js'
import { ElaborationFailure } from './elaboration-failure.js'
import type { Elastic, JointWidths, LayerNode, NetworkNode, Shape } from './network.js'

export interface SoftDecision {
  readonly decision: Decision
  readonly by: Elastic['by']
}

export interface SoftTables {
  /** By path of the node. */
  readonly elastic: ReadonlyMap<string, readonly Elastic[]>
  readonly joint: ReadonlyMap<string, JointWidths>
}

type Nodes = ReadonlyMap<string, NetworkNode>
/** Builds the network with these decisions settled, all others being at their largest. */
type Build = (taken: ReadonlyMap<string, number>) => Nodes

/**
 * What masked and subsampled decisions make of every node, found by building the network under their options. Decisions
 * that no node depends on together are moved together, so that a network of many stages is not built once per option of
 * every stage.
 *
 * @throws ElaborationFailure (`binding`) if such a decision changes which nodes there are
 */
export function softTables(base: Nodes, build: Build, soft: readonly SoftDecision[]): SoftTables {
  const known = new Map<string, Nodes>()
  const nodesAt = (taken: ReadonlyMap<string, number>): Nodes => {
    const moved = new Map(
      soft.flatMap(({ decision }) => {
        const option = taken.get(decision.path)
        return option === undefined || option === largestOption(decision) ? [] : [[decision.path, option] as const]
      }),
    )
    if (moved.size === 0) return base
    const key = JSON.stringify([...moved])
    const found = known.get(key) ?? build(moved)
    known.set(key, found)
    return found
  }

  const dependents = dependentsOf(base, nodesAt, soft)
  const groups = groupsOf(soft, dependents)
  const at = (...moves: readonly (readonly [readonly SoftDecision[], number])[]): Nodes =>
    nodesAt(
      new Map(
        moves.flatMap(([group, option]) => group.map(({ decision }) => [decision.path, clamp(decision, option)])),
      ),
    )

  const elastic = new Map<string, Elastic[]>()
  for (const group of groups) {
    for (const { decision, by } of group) {
      const variants = decision.options.map((_, option) => at([group, option]))
      for (const path of dependents.get(decision.path) ?? []) {
        const others = variants.map((variant) => demand(variant, path, decision, by))
        const attributes = by === 'subsample' ? differentAttributes(others) : undefined
        const shapes = others.map(({ shape }) => shape)
        const entry = { decision: decision.path, by, shapes, ...(attributes === undefined ? {} : { attributes }) }
        elastic.set(path, [...(elastic.get(path) ?? []), entry])
      }
    }
  }

  const joint = new Map<string, JointWidths>()
  const groupOf = (path: string): readonly SoftDecision[] =>
    groups.find((group) => group.some(({ decision }) => decision.path === path)) ?? []
  for (const [path, entries] of elastic) {
    const width = base.get(path)?.shape.channels
    const masks = entries.filter(({ by, shapes }) => by === 'mask' && shapes.some(({ channels }) => channels !== width))
    const [first, second, ...others] = masks
    if (first === undefined || second === undefined || others.length > 0) continue
    const channels = first.shapes.map((_, i) =>
      second.shapes.map(
        (_, j) => at([groupOf(first.decision), i], [groupOf(second.decision), j]).get(path)?.shape.channels ?? 0,
      ),
    )
    const isSmaller = channels.every((row, i) =>
      row.every((count, j) => count === Math.min(first.shapes[i]?.channels ?? 0, second.shapes[j]?.channels ?? 0)),
    )
    if (!isSmaller) joint.set(path, { decisions: [first.decision, second.decision], channels })
  }
  return { elastic, joint }
}

/** Paths of the nodes that change with each decision, by its path. */
function dependentsOf(
  base: Nodes,
  nodesAt: Build,
  soft: readonly SoftDecision[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    soft.map(({ decision, by }) => {
      const changed = new Set<string>()
      decision.options.forEach((_, option) => {
        // The ends of a range tell what depends on it.
        if (option > 0 && option < decision.options.length - 1) return
        const nodes = nodesAt(new Map([[decision.path, option]]))
        for (const [path, node] of base) {
          const other = demand(nodes, path, decision, by)
          const differs = by === 'subsample' && differentAttributes([node, other]) !== undefined
          if (differs || !sameShape(other.shape, node.shape)) changed.add(path)
        }
      })
      return [decision.path, changed]
    }),
  )
}

/** Decisions without a common dependent, each in one group. */
function groupsOf(
  soft: readonly SoftDecision[],
  dependents: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly SoftDecision[])[] {
  const groups: { readonly members: SoftDecision[]; readonly taken: Set<string> }[] = []
  for (const each of soft) {
    const own = dependents.get(each.decision.path) ?? new Set<string>()
    const fits = groups.find(
      ({ members, taken }) => members[0]?.by === each.by && ![...own].some((path) => taken.has(path)),
    )
    const group = fits ?? { members: [], taken: new Set<string>() }
    if (!fits) groups.push(group)
    group.members.push(each)
    for (const path of own) group.taken.add(path)
  }
  return groups.map(({ members }) => members)
}

function clamp(decision: Decision, option: number): number {
  return Math.min(option, decision.options.length - 1)
}

/** Arguments of a primitive under every option, if some differ. */
function differentAttributes(nodes: readonly NetworkNode[]): readonly LayerNode['attributes'][] | undefined {
  const attributes = nodes.flatMap((node) => (node.kind === 'layer' ? [node.attributes] : []))
  const [first] = attributes
  if (first === undefined || attributes.length < nodes.length) return undefined
  const differs = attributes.some((other) => Object.entries(other).some(([name, value]) => value !== first[name]))
  return differs ? attributes : undefined
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.height === b.height && a.width === b.width && a.channels === b.channels
}

function demand(nodes: Nodes, path: string, decision: Decision, by: string): NetworkNode {
  const node = nodes.get(path)
  if (node) return node
  throw new ElaborationFailure(
    'binding',
    decision.path,
    `under some option of this decision there is no \`${path}\`, so \`${by}\` cannot stand for it.`,
    'Bind a decision that changes which layers exist by `mix`.',
  )
}
