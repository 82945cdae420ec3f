import { createDecider } from '../../space/binding/create-decider.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { sameShape, type Shape } from '../../space/evaluation/shape.js'
import { isWithin } from '../layers/reach.js'
import { edgeOf, openParts, type CellPlan } from '../layers/cell/cell-plan.js'
import type { AnalysisContext } from '../diagram/layer.js'
import { operationsTo } from '../diagram/operation-sequence.js'
import type { NetworkNode } from '../../space/network/network.js'

/** More cells than this are not gone through. */
const mostCells = 100_000

type Role =
  { readonly kind: 'zero' } | { readonly kind: 'identity' } | { readonly kind: 'other'; readonly name: string }

/** How many selections a cell has, and how many of them differ. */
export interface DistinctCells {
  readonly all: number
  readonly distinct: number
  /** Whether an operation gives zeros, which hide what is before them. */
  readonly hasZeros: boolean
  /** Whether it is one operation of a network, a sum, whatever is chosen in it; otherwise it may be several or none. */
  readonly isOneSum: boolean
}

/**
 * How many cells differ, where their only decisions are the operations on edges with fixed inputs, and their output is one
 * node that sums (NAS-Bench-201).
 *
 * Two cells are equal if their output nodes are written alike, as in the code of NATS-Bench (`to_unique_str` with
 * `consider_zero`): a node is the sorted sum of its edges; an edge is `#` if its operation gives zeros or its source is
 * written `#`, what its source is if its operation is the identity, and otherwise the operation on its source. So the
 * identity is contracted and the order of terms does not matter. `#` stays a term, and a sum of several is not `#` itself:
 * with that, NAS-Bench-201 has the published 6,466 of 15,625; without, 5,390 would be left.
 *
 * @param readsOneMap whether all inputs are the same map, in every copy of the cell
 * @returns undefined where it is not known
 * @throws SharedBranches where operations on an edge share what is in them
 */
export function countDistinctCells(
  context: AnalysisContext,
  plan: CellPlan,
  readsOneMap: boolean,
): DistinctCells | undefined {
  const { cell, nodes, terms } = plan
  const [output, ...further] = terms
  const [last, ...others] = output?.names ?? []
  const isPlain = nodes.every(({ node, decision }) => decision === undefined && node.merge === 'sum' && !node.project)
  if (
    output?.decision ||
    !isPlain ||
    last === undefined ||
    others.length > 0 ||
    further.length > 0 ||
    cell.prepare.length > 0
  )
    return undefined
  const edges = nodes.flatMap(({ name, sources }) =>
    sources.map((source) => ({ name, source, choice: edgeChoiceAnywhere(context, plan, name, source) })),
  )
  /** How many options each decision has; several edges may share one. */
  const counts = new Map<string, number>()
  for (const { choice } of edges) {
    if (!choice) return undefined
    if (choice.path !== undefined) counts.set(choice.path, choice.roles.length)
  }
  const cells = [...counts.values()].reduce((product, count) => product * count, 1)
  if (cells > mostCells) return undefined
  const seen = new Set<string>()
  for (let index = 0; index < cells; index++) {
    let rest = index
    const taken = new Map<string | undefined, number>()
    for (const [path, count] of counts) {
      taken.set(path, rest % count)
      rest = Math.floor(rest / count)
    }
    const written = new Map(cell.inputs.map((name) => [name, readsOneMap ? cell.inputs[0] : name]))
    for (const { name } of nodes) {
      const parts = edges.flatMap(({ name: reader, source, choice }) => {
        if (reader !== name) return []
        return [writtenEdge(written.get(source) ?? '', choice?.roles[taken.get(choice.path) ?? 0])]
      })
      written.set(name, parts.sort().join('+'))
    }
    seen.add(written.get(last) ?? '')
  }
  const hasZeros = edges.some(({ choice }) => choice?.roles.some(({ kind }) => kind === 'zero'))
  const { sources = [] } = nodes.find(({ name }) => name === last) ?? {}
  // One of its terms is what is done to an input alone, so the terms have nothing in common.
  const isApart = cell.inputs.length === 1 || !readsOneMap
  const isOneSum = isApart && sources.length > 1 && sources.some((source) => cell.inputs.includes(source))
  return { all: cells, distinct: seen.size, hasZeros, isOneSum }
}

function writtenEdge(source: string, role: Role | undefined): string {
  if (!role || role.kind === 'zero' || source === '#') return '#'
  return role.kind === 'identity' ? source : `(${source})@${role.name}`
}

/** Two maps of which little is the same: what an operation is may hang on the map that it finds. */
const someMaps: readonly Shape[] = [
  { height: 16, width: 16, channels: 16 },
  { height: 2, width: 2, channels: 2 },
]

/** What the options of an edge do, where that is the same whatever arrives. */
function edgeChoiceAnywhere(
  context: AnalysisContext,
  plan: CellPlan,
  name: string,
  source: string,
): EdgeChoice | undefined {
  const found = someMaps.map((map) => {
    try {
      return edgeChoice(context, plan, name, source, map)
    } catch (failure) {
      if (failure instanceof ElaborationFailure) return failure
      throw failure
    }
  })
  const [first, ...others] = found
  if (first instanceof ElaborationFailure) return undefined
  // What cannot be built on some map says nothing of others.
  const isSame = others.every((other) => other instanceof ElaborationFailure || patternOf(other) === patternOf(first))
  return isSame ? first : undefined
}

/** Which options are zeros or identities, and which of the others are the same. */
function patternOf(choice: EdgeChoice | undefined): string {
  const names = choice?.roles.map((role) => (role.kind === 'other' ? role.name : role.kind)) ?? []
  return names.map((each) => (each === 'zero' || each === 'identity' ? each : names.indexOf(each))).join(' ')
}

/** What each option of an edge does. */
interface EdgeChoice {
  /** The decision between them; undefined where there is nothing to decide. */
  readonly path: string | undefined
  readonly roles: readonly Role[]
}

/** Undefined if an edge holds any decision but one between whole operations. */
function edgeChoice(
  context: AnalysisContext,
  plan: CellPlan,
  name: string,
  source: string,
  map: Shape,
): EdgeChoice | undefined {
  const planned = plan.nodes.find((node) => node.name === name)
  if (!planned) return undefined
  const copy = { use: plan.use, cell: plan.cell, copy: plan.use.name, channels: map.channels }
  const roles: Role[] = []
  let path: string | undefined
  let shape: Shape | undefined
  for (let option = 0, options = 1; option < options; option++) {
    let asked = 0
    const decider = createDecider((decision) => {
      // Two of them are one too many, and so is one of the space, or one that takes several options.
      asked += isWithin(decision.path, plan.use.name) && !decision.arity ? 1 : 2
      path = decision.path
      options = decision.options.length
      return { kind: 'fixed', options: [option] }
    })
    const { parts, builder } = openParts(
      context,
      decider,
      copy,
      plan.cell.inputs.map(() => map),
      { state: { name: source, shape: map } },
    )
    for (const [family, members] of plan.families) parts.families.set(family, members)
    const end = parts.edgeEnd(planned.node, name, edgeOf(parts, plan, planned, source, 0), undefined)
    if (asked > 1) return undefined
    // What follows must not hang on what is taken here.
    shape ??= builder.shape(end)
    if (!sameShape(builder.shape(end), shape)) return undefined
    const layers = builder.nodes.filter((node) => node.kind === 'layer')
    const [only] = layers
    if (builder.nodes[end]?.inputs.every((id) => builder.nodes[id]?.kind === 'input')) roles.push({ kind: 'identity' })
    else if (layers.length === 1 && only?.operation === 'zero') roles.push({ kind: 'zero' })
    else roles.push({ kind: 'other', name: textOf(builder.nodes, end) })
  }
  return { path, roles }
}

/** The operations on an edge, whichever map they start from. */
function textOf(nodes: readonly NetworkNode[], end: number): string {
  const fromAny = nodes.map((node) => (node.kind === 'input' ? { ...node, id: 0 } : node))
  return operationsTo(fromAny, end).join(' -> ')
}
