import { costOf } from '../../space/cost/cost.js'
import { bindingOf, type Architecture } from '../../space/architectures/architecture.js'
import { buildNetwork } from '../../space/network/build-network.js'
import { decisionsOf } from '../../space/architectures/decisions.js'
import type { ParamValues } from '../../space/values/params.js'
import type { Ir } from '../../ir/model/ir.js'
import { walkOf } from './analysis.js'
import { planCell, type CellPlan } from '../layers/cell-plan.js'
import type { CellProgress } from '../layers/cell-progress.js'
import { constraintsOf } from '../layers/constraints-of.js'
import { type Constraint } from '../diagram/constraint.js'
import { hasConstraints } from './count.js'
import type { Walk } from '../diagram/layer.js'

/**
 * The constraints that an architecture does not satisfy, in the order in which they are written. Costs are those of the
 * network alone, by `conv-fc`.
 *
 * @throws ElaborationFailure if its network cannot be built; Failure NAS6133, NAS6134 where a constraint has no meaning
 */
export function unmetConstraints(ir: Ir, architecture: Architecture, params: ParamValues): readonly Constraint[] {
  const { space } = architecture
  if (!hasConstraints(ir, space)) return []
  const walk = walkOf(ir, space, { params })
  const answers = new Map(Object.entries(architecture.decisions))
  const decisions = new Map(decisionsOf(ir, space, { params }).map((decision) => [decision.path, decision]))
  const constraints = constraintsOf(walk)
  const network = constraints.some(({ costs }) => costs.length > 0)
    ? buildNetwork(ir, space, { params, binding: bindingOf(architecture), mode: 'standalone' })
    : undefined
  const found = network && costOf(network)
  return constraints.filter(({ cell, holds }) => {
    const progress = cell === undefined ? undefined : { cell: graphOf(walk, cell, answers) }
    return !holds({
      answers,
      decisions,
      progress,
      cost: (name) =>
        !found ? 0 : name === 'macs' ? found.macs : name === 'parameters' ? found.parameters : found.activationBytes,
    })
  })
}

/** What conditions of a cell ask of its graph; see the steps of cells, which find the same bit by bit. */
function graphOf(walk: Walk, use: string, answers: ReadonlyMap<string, readonly number[]>): CellProgress | undefined {
  const declaration = walk.space.cells.find(({ name }) => name === use)
  const cell = walk.ir.cells.find(({ id }) => id === declaration?.cell)
  if (!declaration || !cell) return undefined
  const plan = planCell(walk, declaration, cell)
  const taken = new Map(plan.nodes.map((node) => [node.name, sourcesTaken(node, answers)]))
  const present = new Set(cell.inputs)
  for (const { name } of plan.nodes) if (taken.get(name)?.some((source) => present.has(source))) present.add(name)
  const asked = plan.terms.flatMap(({ names, decision }) =>
    decision ? (answers.get(decision.path) ?? []).flatMap((option) => names[option] ?? []) : names,
  )
  const chosen = plan.terms.reduce((all, { names, decision }) => {
    return (
      all +
      (decision ? (answers.get(decision.path) ?? []).filter((option) => present.has(names[option] ?? '')).length : 0)
    )
  }, 0)
  const used = new Set(asked.filter((name) => present.has(name)))
  const read = new Set(asked)
  let edges = chosen
  for (const { name, decision } of [...plan.nodes].reverse()) {
    for (const source of taken.get(name) ?? []) {
      if (decision || present.has(name)) read.add(source)
      if (!present.has(source)) continue
      edges++
      if (used.has(name)) used.add(source)
    }
  }
  const names = plan.nodes.map(({ name }) => name)
  const nodes = {
    reached: names.every((name) => present.has(name)),
    used: names.every((name) => used.has(name)),
    orRemoved: names.every((name) => (present.has(name) ? used.has(name) : !read.has(name))),
  }
  return { used: [...used], count: 0, ends: 0, here: 0, edges, nodes }
}

/** Sources that a node takes, one for each operation on them. */
function sourcesTaken(
  { sources, decision, operations }: CellPlan['nodes'][number],
  answers: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  if (!decision) return sources
  const each = operations?.length ?? 1
  return (answers.get(decision.path) ?? []).flatMap((option) => sources[Math.floor(option / each)] ?? [])
}
