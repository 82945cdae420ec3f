import { createDecider } from '../../space/binding/create-decider.js'
import type { Shape } from '../../space/values/shape.js'
import { isWithin } from '../layers/reach.js'
import { edgeOf, openParts, type CellPlan } from '../layers/cell/cell-plan.js'
import type { AnalysisContext } from '../diagram/layer.js'

/** More cells than this are not gone through. */
const mostCells = 100_000

type Role =
  { readonly kind: 'zero' } | { readonly kind: 'identity' } | { readonly kind: 'other'; readonly name: string }

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
 * @returns undefined where it is not known
 */
export function countDistinctCells(context: AnalysisContext, plan: CellPlan): number | undefined {
  const { cell, nodes, terms } = plan
  const [output, ...further] = terms
  const [last, ...others] = output?.names ?? []
  const isPlain = nodes.every(({ node, decision }) => decision === undefined && node.merge === 'sum' && !node.project)
  if (!isPlain || last === undefined || others.length > 0 || further.length > 0 || cell.prepare.length > 0)
    return undefined
  const edges = nodes.flatMap(({ name, sources }) =>
    sources.map((source) => ({ name, source, roles: rolesOf(context, plan, name, source) })),
  )
  const cells = edges.reduce((product, { roles }) => product * (roles?.length ?? Infinity), 1)
  if (cells > mostCells) return undefined
  const seen = new Set<string>()
  for (let index = 0; index < cells; index++) {
    let rest = index
    const written = new Map(cell.inputs.map((name) => [name, name]))
    for (const { name } of nodes) {
      const parts = edges.flatMap(({ name: reader, source, roles = [] }) => {
        if (reader !== name) return []
        const role = roles[rest % roles.length]
        rest = Math.floor(rest / roles.length)
        return [writtenEdge(written.get(source) ?? '', role)]
      })
      written.set(name, parts.sort().join('+'))
    }
    seen.add(written.get(last) ?? '')
  }
  return seen.size
}

function writtenEdge(source: string, role: Role | undefined): string {
  if (!role || role.kind === 'zero' || source === '#') return '#'
  return role.kind === 'identity' ? source : `(${source})@${role.name}`
}

const someMap: Shape = { height: 16, width: 16, channels: 16 }

/** What each option of an edge does; undefined if an edge holds any decision but one between whole operations. */
function rolesOf(context: AnalysisContext, plan: CellPlan, name: string, source: string): readonly Role[] | undefined {
  const planned = plan.nodes.find((node) => node.name === name)
  if (!planned) return undefined
  const copy = { use: plan.use, cell: plan.cell, copy: plan.use.name, channels: someMap.channels }
  const roles: Role[] = []
  for (let option = 0, options = 1; option < options; option++) {
    let asked = 0
    const decider = createDecider((decision) => {
      // Two of them are one too many, and so is one of the space.
      asked += isWithin(decision.path, plan.use.name) ? 1 : 2
      options = decision.options.length
      return { kind: 'fixed', options: [option] }
    })
    const { parts, builder } = openParts(
      context,
      decider,
      copy,
      plan.cell.inputs.map(() => someMap),
      { name: source, shape: someMap },
    )
    for (const [family, members] of plan.families) parts.families.set(family, members)
    const end = parts.edgeEnd(planned.node, name, edgeOf(parts, plan, planned, source, 0), undefined)
    if (asked > 1) return undefined
    const layers = builder.nodes.filter((node) => node.kind === 'layer')
    const [only] = layers
    if (builder.nodes[end]?.inputs.every((id) => builder.nodes[id]?.kind === 'input')) roles.push({ kind: 'identity' })
    else if (layers.length === 1 && only?.operation === 'zero') roles.push({ kind: 'zero' })
    else roles.push({ kind: 'other', name: String(option) })
  }
  return roles
}
