import type { Decider } from '../../../space/decisions/decider.js'
import type { Decision } from '../../../space/decisions/decision.js'
import type { Selection } from '../../diagram/decision-tree.js'
import { feasibleBranches } from '../../diagram/feasible-branches.js'
import { sum, type Layer, type Transition } from '../../diagram/layer.js'
import { cellLayer, transitionTo, type CellAnalysis, type CellState } from './cell-analysis.js'
import { isInFrame, type InstanceGroup } from './cell-frame.js'
import { decisionIn } from './decision-in.js'
import { edgeOf, openParts, standingDecision, type PlannedNode } from './cell-plan.js'
import type { CellProgress } from './cell-progress.js'
import { cellReads } from './cell-reads.js'
import type { EdgeOption } from './edge-option.js'
import { withEdge, withEdgeClosed, withinLimit } from './edge-progress.js'
import { mergeCosts, type BuiltPart, type CellPart } from './instance-parts.js'
import { withMap } from './merging.js'

/** Whether a node reads a source, and which options are selected on that edge. */
export function edgeLayer(analysis: CellAnalysis, edge: EdgeOption): Layer {
  const { node, source, option } = edge
  const { decision } = node
  const { plan, noCosts } = analysis
  const use = plan.use.name
  const [first, further] = [edgePart(analysis, edge, false), edgePart(analysis, edge, true)]
  return cellLayer(analysis, {
    at: `${use}.${node.name}.${source}`,
    cell: use,
    transitions(now, fail) {
      const known = now.isSettled && decision ? now.state.selected.get(decision.path) : undefined
      const mayBeSkipped = decision !== undefined && known?.includes(option) !== true
      const skipped = mayBeSkipped ? transitionsTo(analysis, edge, now, now.cell, [], noCosts) : []
      if (known && !known.includes(option)) return skipped
      const cell = withEdge(analysis, edge, now)
      if (!cell) return skipped
      const own = (standing: Decision | undefined): readonly Selection[] =>
        standing && !known ? [{ decision: standing, options: [option], partial: true }] : []
      if (!isInFrame(plan.cell, now.frame, source))
        return [...skipped, ...transitionsTo(analysis, edge, now, cell, own(decisionIn(analysis, node, now)), noCosts)]
      const isUsed = now.cell.used.includes(node.name)
      const isFurther = now.cell.edgeOperations > 0
      const branches = feasibleBranches(
        analysis.partsOf(isFurther ? further : first, now.groups),
        (path) => now.state.selected.get(path),
        fail,
      )
      const taken = branches.flatMap(({ selections, value: { costs, shapes, decision: standing } }) => {
        const merged = withMap(cell, node, now.groups, { shapes, isFurther })
        if (!merged) return []
        // With the second operation on a source both are summed; those behind it are further terms.
        const isSum = now.cell.edgeOperations === 1
        const withSum = isSum
          ? sum(
              costs,
              mergeCosts(analysis.context, now.groups, (_, at) => shapes[at]),
            )
          : costs
        return transitionsTo(analysis, edge, now, merged, [...own(standing), ...selections], isUsed ? withSum : noCosts)
      })
      return [...skipped, ...taken]
    },
    reads: cellReads(
      analysis,
      expressionsOf(node),
      (rest) => isOnEdge(rest, node.name, source) || (analysis.isRepeated && rest === `${node.name}.from`),
    ),
    settles: (path) => path === `${use}.${node.name}.from`,
  })
}

/** The transition to a cell in which the edge is settled; none where it has too many edges. */
function transitionsTo(
  analysis: CellAnalysis,
  edge: EdgeOption,
  now: CellState,
  cell: CellProgress,
  selections: readonly Selection[],
  costs: readonly number[],
): readonly Transition[] {
  const { node, laterOperations } = edge
  const isClosed = node.operations !== undefined && laterOperations === 0
  const next = withinLimit(analysis, edge, now.frame, isClosed ? withEdgeClosed(cell) : cell)
  if (!next) return []
  return [transitionTo(now, next, selections, costs)]
}

/** @param isFurther whether an operation on the same source is taken before: then the source is projected already */
function edgePart(analysis: CellAnalysis, edge: EdgeOption, isFurther: boolean): CellPart {
  const { node, source, option } = edge
  return {
    key: `${node.name} ${source} ${option}${isFurther ? ' further' : ''}`,
    inputs({ prepared, states }) {
      const shape = states.get(source)
      return shape ? [...prepared, shape] : prepared
    },
    build: (decider, group) => builtEdge(analysis, decider, group, edge, isFurther),
  }
}

function builtEdge(
  { context, plan }: CellAnalysis,
  decider: Decider,
  group: InstanceGroup,
  { node: planned, source, option }: EdgeOption,
  isFurther: boolean,
): BuiltPart {
  const { node, name, decision } = planned
  const shape = group.states.get(source)
  if (!shape) throw new Error(`${name} reads ${source}, which is not laid out`)
  const open = (): ReturnType<typeof openParts> =>
    openParts(context, decider, group.copy, group.prepared, { state: { name: source, shape } })
  const { parts, builder } = open()
  for (const [family, members] of plan.families) parts.families.set(family, members)
  const end = parts.edgeEnd(node, name, edgeOf(parts, plan, planned, source, option), decision)
  const built = {
    costs: context.costs(builder, end),
    shape: builder.shape(end),
    decision: standingDecision(parts, plan, planned),
  }
  if (!isFurther) return built
  const alone = open()
  const projection = alone.parts.projected(node, name, source)
  return { ...built, costs: sum(built.costs, context.costs(alone.builder, projection), -1) }
}

/** Everything that decides what stands on the edges of a node. */
function expressionsOf({ node }: PlannedNode): Parameters<typeof cellReads>[1] {
  return [
    node.through,
    ...(node.project ? [node.project] : []),
    ...node.overrides.map(({ value }) => value),
    ...(node.lets ?? []).map(({ value }) => value),
    ...(node.from.kind === 'connections' ? [node.from.operations] : []),
  ]
}

/** Whether a choice of the node is made on this edge, or once for all of its edges: `n2.through[s0]`, `n2.k`. */
function isOnEdge(path: string, node: string, source: string): boolean {
  if (!path.startsWith(`${node}.`) || path === `${node}.from`) return false
  return path.endsWith(`[${source}]`) || !/\[[a-z_]\w*\]$/i.test(path)
}
