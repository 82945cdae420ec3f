import { costOf } from '../../space/cost/cost.js'
import { bindingOf, type Architecture } from '../../space/architectures/architecture.js'
import { severalOptions } from '../../space/binding/bound-options.js'
import { createDecider } from '../../space/binding/create-decider.js'
import { elaborate } from '../../space/network/build-network.js'
import type { Network } from '../../space/network/network.js'
import type { Binding } from '../../space/decisions/binding.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { ParamValues } from '../../space/evaluation/params.js'
import type { Ir } from '../../ir/model/ir.js'
import { constraintsIn, contextOf } from './analysis.js'
import { planCell, type CellPlan } from '../layers/cell/cell-plan.js'
import type { CellProgress } from '../layers/cell/cell-progress.js'
import type { Constraint } from '../diagram/constraint.js'
import type { PartialArchitecture } from '../diagram/partial-architecture.js'
import { hasConstraints } from './count.js'
import type { AnalysisContext, Quantity } from '../diagram/layer.js'

/**
 * The constraints that an architecture does not satisfy, in the order in which they are written. Costs are those of the
 * network alone, by `conv-fc`.
 *
 * @throws ElaborationFailure if its network cannot be built; Failure NAS6133, NAS6134 where a constraint has no meaning
 */
export function unmetConstraints(ir: Ir, architecture: Architecture, params: ParamValues): readonly Constraint[] {
  const { space } = architecture
  if (!hasConstraints(ir, space)) return []
  const context = contextOf(ir, space, { params })
  const constraints = constraintsIn(context)
  const countsCosts = constraints.some(({ costs }) => costs.length > 0)
  const { selected, decisions, network } = builtBy(context, architecture, params, !countsCosts)
  const cost = ({ name, convention }: Quantity): number => {
    const found = costOf(network, convention)
    return name === 'macs' ? found.macs : name === 'parameters' ? found.parameters : found.activationBytes
  }
  return constraints.filter(({ cell, holds }) => {
    // A cell that stands in no stack has no graph.
    const graph = cell !== undefined && network.cells.includes(cell) ? graphOf(context, cell, selected) : undefined
    return !holds({ selected, decisions, progress: { cell: graph }, cost })
  })
}

/** Everything that the network of an architecture asks for, also where one answer leaves nothing to say; and the network. */
function builtBy(
  context: AnalysisContext,
  architecture: Architecture,
  params: ParamValues,
  outline: boolean,
): Pick<PartialArchitecture, 'selected' | 'decisions'> & { readonly network: Network } {
  const bound = bindingOf(architecture)
  /** As they are first met: further instances of a cell are settled with the first one. */
  const decisions = new Map<string, Decision>()
  const binding: Binding = (decision, copy) => {
    if (!decisions.has(decision.path)) decisions.set(decision.path, decision)
    return bound(decision, copy)
  }
  const decider = createDecider(binding)
  const { ir, space } = context
  const network = elaborate(ir, space, { params, binding, mode: 'standalone', outline }, decider)
  const selected = new Map(
    [...decider.reached].map(([path, { decision }]) => [
      path,
      severalOptions(decision, decider.bound(decision, undefined)),
    ]),
  )
  return { selected, decisions, network }
}

/** What conditions of a cell ask of its graph; see the steps of cells, which find the same bit by bit. */
function graphOf(
  context: AnalysisContext,
  use: string,
  selected: ReadonlyMap<string, readonly number[]>,
): CellProgress | undefined {
  const declaration = context.space.cells.find(({ name }) => name === use)
  const cell = context.ir.cells.find(({ id }) => id === declaration?.cell)
  if (!declaration || !cell) return undefined
  const plan = planCell(context, declaration, cell)
  const selections = new Map(plan.nodes.map((node) => [node.name, selectedSources(node, selected)]))
  const present = new Set(cell.inputs)
  for (const { name } of plan.nodes) if (selections.get(name)?.some((source) => present.has(source))) present.add(name)
  const asked = plan.terms.flatMap(({ names, decision }) =>
    decision ? (selected.get(decision.path) ?? []).flatMap((option) => names[option] ?? []) : names,
  )
  const chosen = plan.terms.reduce((all, { names, decision }) => {
    return (
      all +
      (decision ? (selected.get(decision.path) ?? []).filter((option) => present.has(names[option] ?? '')).length : 0)
    )
  }, 0)
  const used = new Set(asked.filter((name) => present.has(name)))
  const read = new Set(asked)
  let edges = chosen
  for (const { name, decision } of [...plan.nodes].reverse()) {
    for (const source of selections.get(name) ?? []) {
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
  return { used: [...used], nodeInputs: 0, nodeEdges: 0, edgeOperations: 0, edges, nodes }
}

/** Sources that a node takes, one for each operation on them. */
function selectedSources(
  { sources, decision, operations }: CellPlan['nodes'][number],
  selected: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  if (!decision) return sources
  const each = operations?.length ?? 1
  return (selected.get(decision.path) ?? []).flatMap((option) => sources[Math.floor(option / each)] ?? [])
}
