import type { CellInstance } from '../../../space/network/build-network.js'
import { inNode, nodeNames, openCell, outputNames, type CellParts } from '../../../space/network/cell.js'
import { createDecider } from '../../../space/binding/create-decider.js'
import { type Decider } from '../../../space/decisions/decider.js'
import type { Decision } from '../../../space/decisions/decision.js'
import { listIn } from '../../../space/evaluation/evaluate.js'
import { Failure } from '../../../catalogue/failure.js'
import { innerScope, joinPath } from '../../../space/decisions/decision-scope.js'
import { connectionsOf, decisionBetween, fromDecision, sourceNames, type Edge } from '../../../space/network/sources.js'
import type { Value } from '../../../space/evaluation/value.js'
import type { IrCell, IrNode } from '../../../ir/model/space.js'
import type { NetworkBuilder } from '../../../space/network/network-builder.js'
import { decisionTree, possibleSelections, type SelectedOptions } from '../../diagram/decision-tree.js'
import { builderWith, type AnalysisContext } from '../../diagram/layer.js'
import type { Shape } from '../../../space/evaluation/shape.js'

/** A node of a cell and what it may read. */
export interface PlannedNode {
  readonly node: IrNode
  /** `n2` */
  readonly name: string
  readonly sources: readonly string[]
  /** The decision of its inputs; absent where it reads all of them. */
  readonly decision?: Decision
  /** Operations that may stand on each edge, where they are part of the topology: option = source * operations + operation. */
  readonly operations?: readonly Value[]
}

/** A term of a cell's output. */
export interface PlannedTerm {
  readonly names: readonly string[]
  readonly decision?: Decision
}

/** The graph of a cell as far as it is the same for all of its copies. */
export interface CellPlan {
  readonly use: CellInstance['use']
  readonly cell: IrCell
  readonly nodes: readonly PlannedNode[]
  readonly families: ReadonlyMap<string, readonly string[]>
  /** The merged maps, then the further terms. */
  readonly terms: readonly PlannedTerm[]
  /** Inputs that are used whatever is chosen. */
  readonly surelyUsed: ReadonlySet<string>
}

const someMap: Shape = { height: 16, width: 16, channels: 16 }

/** Takes what is selected, and the first options of everything else. */
export function firstOptions(selected?: SelectedOptions): Decider {
  return createDecider((decision) => ({
    kind: 'fixed',
    options: selected?.get(decision.path) ?? possibleSelections(decision)[0] ?? [],
  }))
}

/** A copy of a cell whose inputs, and one state if it is none of them, are given by their shapes. */
export function openParts(
  context: AnalysisContext,
  decider: Decider,
  { use, cell, copy, channels }: CellInstance,
  inputs: readonly Shape[],
  more: { readonly state?: { readonly name: string; readonly shape: Shape }; readonly delaysParameters?: true } = {},
): { readonly parts: CellParts; readonly builder: NetworkBuilder } {
  const { state, ...how } = more
  const isInput = state !== undefined && cell.inputs.includes(state.name)
  const builder = builderWith(state && !isInput ? [...inputs, state.shape] : inputs)
  const space = context.environment(decider)
  const ids = inputs.map((_, index) => index)
  const parts = openCell({ builder, decider, space, copy, channels, inputs: ids, ...how }, use, cell)
  if (state && !isInput) parts.states.set(state.name, inputs.length)
  return { parts, builder }
}

/**
 * Nodes, inputs and terms of a cell, which do not depend on the maps that arrive.
 *
 * @throws Failure NAS6146 where they hang on a choice
 */
export function planCell(context: AnalysisContext, use: CellInstance['use'], cell: IrCell): CellPlan {
  const paths = decisionTree((decider) => planUnder(context, decider, use, cell)).paths(() => undefined)
  const [first, ...others] = paths.flatMap(({ result, selections }) =>
    'value' in result ? [{ plan: result.value, graph: graphOf(result.value), selections }] : [],
  )
  // What fails under all options fails under the first ones.
  if (!first) return planUnder(context, firstOptions(), use, cell)
  for (const { graph, selections } of others) {
    const part = [...graph.keys(), ...first.graph.keys()].find((name) => first.graph.get(name) !== graph.get(name))
    if (part === undefined) continue
    const decision = selections.find(({ decision: { path }, options }) =>
      first.selections.some((each) => each.decision.path === path && each.options.join() !== options.join()),
    )?.decision
    throw new Failure('graph-of-cell-varies', { part: joinPath(use.name, part), decision: decision?.path ?? '' })
  }
  return first.plan
}

/** What a choice must leave as it is, by the name of the node or of the output. */
function graphOf({ nodes, terms }: CellPlan): ReadonlyMap<string, string> {
  const setOf = (decision: Decision | undefined, count: number): string =>
    decision
      ? `${decision.arity?.least ?? 1} to ${decision.arity?.most ?? 1} of ${decision.options.length}`
      : `all ${count}`
  return new Map([
    ...nodes.map(({ name, sources, decision }) => [name, setOf(decision, sources.length)] as const),
    ...terms.map(
      ({ names, decision }, at) => [at === 0 ? 'output' : `output ${at}`, setOf(decision, names.length)] as const,
    ),
  ])
}

function planUnder(context: AnalysisContext, decider: Decider, use: CellInstance['use'], cell: IrCell): CellPlan {
  const copy: CellInstance = { use, cell, copy: use.name, channels: someMap.channels }
  const shapes = cell.inputs.map(() => someMap)
  const { parts } = openParts(context, decider, copy, shapes, { delaysParameters: true })
  const environment = parts.environmentOn(0)
  const nodes: PlannedNode[] = []
  for (const node of cell.nodes) {
    const members: string[] = []
    parts.families.set(node.name, members)
    for (const name of nodeNames(node, environment)) {
      const at = joinPath(use.name, name)
      const sources = sourceNames({ byName: parts.states, families: parts.families }, node.from.of, at)
      const { from } = node
      if (from.kind === 'all') nodes.push({ node, name, sources })
      else if (from.kind === 'choice') {
        const inside = inNode(environment, node, at)
        nodes.push({ node, name, sources, decision: fromDecision(inside, at, from.arity, { options: sources }) })
      } else nodes.push({ node, name, sources, ...connectionsAt(parts, use.name, { node, name, sources }, from) })
      members.push(name)
      parts.states.set(name, undefined)
    }
  }
  const { output } = cell
  const terms = [output, ...(output.plus ?? [])].map(({ of, arity }, index): PlannedTerm => {
    const names = outputNames(parts, of, copy.copy)
    if (!arity) return { names }
    const path = joinPath(use.name, index === 0 ? 'output' : `output.plus[${index}]`)
    return { names, decision: decisionBetween(environment, path, 'output', arity, { options: names }) }
  })
  return { use, cell, nodes, families: parts.families, terms, surelyUsed: surelyUsed(nodes, terms) }
}

function surelyUsed(nodes: readonly PlannedNode[], terms: readonly PlannedTerm[]): ReadonlySet<string> {
  return usedWith(
    nodes,
    terms.flatMap(({ names, decision }) => (takesAll(decision, names.length) ? names : [])),
  )
}

/** Maps that are used wherever some are: these, and what is surely read on a path to them. */
export function usedWith(nodes: readonly PlannedNode[], names: readonly string[]): ReadonlySet<string> {
  const used = new Set(names)
  for (const { name, sources, decision, operations } of [...nodes].reverse()) {
    if (!used.has(name) || (decision && !takesAll(decision, sources.length * (operations?.length ?? 1)))) continue
    for (const source of sources) used.add(source)
  }
  return used
}

function takesAll(decision: Decision | undefined, count: number): boolean {
  return decision === undefined || (decision.arity?.least ?? 0) >= count
}

/** The edge as the builder of cells knows it. Its operations belong to this copy and this decider. */
export function edgeOf(parts: CellParts, plan: CellPlan, planned: PlannedNode, source: string, option: number): Edge {
  if (planned.node.from.kind !== 'connections') return { source }
  const { operations } = connectionsAt(parts, plan.use.name, planned, planned.node.from)
  return { source, operations: { options: [option], values: operations, mixed: false } }
}

/** The choice of the inputs of a node in this copy and under this decider: which operations there are may hang on both. */
export function standingDecision(parts: CellParts, plan: CellPlan, planned: PlannedNode): Decision | undefined {
  const { from } = planned.node
  return from.kind === 'connections' ? connectionsAt(parts, plan.use.name, planned, from).decision : planned.decision
}

type Connections = Extract<IrNode['from'], { readonly kind: 'connections' }>

function connectionsAt(
  parts: CellParts,
  use: string,
  { node, name, sources }: Pick<PlannedNode, 'node' | 'name' | 'sources'>,
  from: Connections,
): { readonly operations: readonly Value[]; readonly decision: Decision } {
  const at = joinPath(use, name)
  const environment = parts.environmentOn(0)
  const inside = inNode(environment, node, at)
  const operations = listIn({ ...inside, scope: innerScope(environment.scope, 'edge', at) }, from.operations)
  return { operations, decision: fromDecision(inside, at, from.arity, connectionsOf(sources, operations)) }
}
