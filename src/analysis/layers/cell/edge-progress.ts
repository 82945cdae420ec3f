import type { CellAnalysis, CellState } from './cell-analysis.js'
import { isInFrame } from './cell-frame.js'
import { usedIn } from './used-maps.js'
import { nodeFacts, type CellProgress, type NodeFacts } from './cell-progress.js'
import type { EdgeOption } from './edge-option.js'

/** The cell with an edge taken, or undefined where that cannot be: too many, or a node that is not there reads one that is. */
export function withEdge(
  analysis: CellAnalysis,
  edge: EdgeOption,
  { cell, frame }: CellState,
): CellProgress | undefined {
  const { node, source } = edge
  const { decision, operations } = node
  const isThere = isInFrame(analysis.plan.cell, frame, source)
  const isPresent = frame.present.includes(node.name)
  const most = decision?.arity?.most ?? Infinity
  if (cell.nodeInputs >= most || (isThere && !isPresent)) return undefined
  // Who is left out reads nothing, unless its inputs are a choice that says otherwise.
  const isReading = decision !== undefined || isPresent
  const nodes = cell.nodes && factsWith(cell.nodes, isThere || !isReading)
  if (nodes && analysis.tests.fails(nodes)) return undefined
  // Where no maximum is near, only the minimum matters.
  const cap = most >= (decision?.options.length ?? Infinity) ? Math.max(1, decision?.arity?.least ?? 1) : most
  const isUsed = isThere && cell.used.includes(node.name)
  return {
    ...cell,
    nodeInputs: Math.min(cell.nodeInputs + 1, cap),
    ...(cell.edges === undefined || !isThere ? {} : { edges: cell.edges + 1 }),
    ...(cell.read && isReading ? { read: analysis.withName(cell.read, source) } : {}),
    ...(nodes ? { nodes } : {}),
    ...(isThere && operations ? { edgeOperations: Math.min(2, cell.edgeOperations + 1) } : {}),
    ...(isThere && !operations ? { nodeEdges: Math.min(2, cell.nodeEdges + 1) } : {}),
    used: isUsed ? usedIn(analysis.plan, frame, [source]).reduce(analysis.withName, cell.used) : cell.used,
  }
}

function factsWith({ reached, used, orRemoved }: NodeFacts, isNoneRemoved: boolean): NodeFacts {
  return nodeFacts(reached, used, orRemoved && isNoneRemoved)
}

/** Behind the last operation from a source: all of them together are one edge. */
export function withEdgeClosed({ onEdge: _, ...cell }: CellProgress): CellProgress {
  const nodeEdges = Math.min(2, cell.nodeEdges + (cell.edgeOperations > 0 ? 1 : 0))
  return { ...cell, edgeOperations: 0, nodeEdges }
}

/** The cell under the limit that constraints set to its edges; undefined where there will be too many. */
export function withinLimit(
  { plan, tests }: CellAnalysis,
  { node, position, source, laterSources, laterOperations }: EdgeOption,
  frame: CellState['frame'],
  cell: CellProgress,
): CellProgress | undefined {
  if (cell.edges === undefined) return cell
  const isThere = (name: string): boolean => isInFrame(plan.cell, frame, name)
  const onSource = isThere(source) ? laterOperations : 0
  const further = (node.operations?.length ?? 1) * laterSources.filter(isThere).length + onSource
  const isPresent = frame.present.includes(node.name)
  const misses = isPresent && node.decision !== undefined && cell.nodeEdges + cell.edgeOperations === 0
  const edges = tests.limit.settle(frame, position, further, misses, cell.edges)
  return edges === undefined ? undefined : { ...cell, edges }
}
