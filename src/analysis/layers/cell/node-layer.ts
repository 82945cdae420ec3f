import type { Decision } from '../../../space/decisions/decision.js'
import type { Selection } from '../../diagram/decision-tree.js'
import type { Layer } from '../../diagram/layer.js'
import { cellLayer, transitionTo, type CellAnalysis, type CellState } from './cell-analysis.js'
import type { PlannedNode } from './cell-plan.js'
import { decisionIn } from './decision-in.js'
import { nodeFacts, type NodeFacts } from './cell-progress.js'
import { mergeCosts } from './instance-parts.js'
import { isMerged } from './merging.js'

/** Closes a node behind all of its edges: whether it has as many as it must, and what merging them costs. */
export function nodeLayer(analysis: CellAnalysis, node: PlannedNode): Layer {
  const { context, plan, tests, noCosts } = analysis
  const use = plan.use.name
  return cellLayer(analysis, {
    at: `${use}.${node.name}`,
    cell: use,
    transitions(now, fail) {
      const { cell, frame, groups } = now
      const isPresent = frame.present.includes(node.name)
      if (cell.nodeInputs < (node.decision?.arity?.least ?? 0) || cell.nodeEdges > 0 !== isPresent) return []
      if (!isMerged(cell, node, groups, fail)) return []
      const nodes = factsWith(node, now)
      // What every node must be is tested at the end; a node that is not so is enough to know it here.
      if (nodes && tests.fails(nodes)) return []
      const merges = cell.nodeEdges > 1 && cell.used.includes(node.name)
      const costs = merges ? mergeCosts(context, groups, ({ states }) => states.get(node.name)) : noCosts
      const { merging: _, ...rest } = cell
      const closed = { ...rest, nodeInputs: 0, nodeEdges: 0, edgeOperations: 0, ...(nodes ? { nodes } : {}) }
      return [transitionTo(now, closed, now.isSettled ? [] : emptySelection(decisionIn(analysis, node, now)), costs)]
    },
    reads: () => false,
    settles: (path) => path === `${use}.${node.name}.from`,
  })
}

/** What is true of every node so far, this one included. */
function factsWith({ name }: PlannedNode, { cell, frame }: CellState): NodeFacts | undefined {
  if (!cell.nodes) return undefined
  const isPresent = frame.present.includes(name)
  const isUsed = cell.used.includes(name)
  const isRemoved = !isPresent && !cell.read?.includes(name)
  const { reached, used, orRemoved } = cell.nodes
  return nodeFacts(reached && isPresent, used && isUsed, orRemoved && (isRemoved || (isPresent && isUsed)))
}

/** A node that reads nothing takes the empty set. */
function emptySelection(decision: Decision | undefined): readonly Selection[] {
  return decision ? [{ decision, options: [], partial: true }] : []
}
