import type { Decision } from '../../../space/decisions/decision.js'
import type { CellAnalysis, CellState } from './cell-analysis.js'
import { firstOptions, openParts, standingDecision, type PlannedNode } from './cell-plan.js'

/** The choice of the inputs of a node where nothing on its edges is built. Once something is selected, that says what it is. */
export function decisionIn(
  { context, plan }: CellAnalysis,
  node: PlannedNode,
  { state: { selected }, groups: [group] }: CellState,
): Decision | undefined {
  const { decision } = node
  if (node.operations === undefined || !group || !decision || selected.has(decision.path)) return decision
  const { parts } = openParts(context, firstOptions(selected), group.copy, group.prepared)
  for (const [family, members] of plan.families) parts.families.set(family, members)
  return standingDecision(parts, plan, node)
}
