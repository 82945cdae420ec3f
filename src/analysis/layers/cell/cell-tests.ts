import type { Expression } from '../../../ir/model/expression.js'
import type { CellPlan } from './cell-plan.js'
import { usedIn } from './used-maps.js'
import { everyNode, nodeFacts, type CellProgress, type NodeFacts } from './cell-progress.js'
import { edgeLimit, type EdgeLimit } from './edge-limit.js'
import { everyPart } from '../../diagram/interval.js'
import type { CellFrame } from './cell-frame.js'
import type { AnalysisContext } from '../../diagram/layer.js'

/** What the constraints of a cell ask of its graph, tested layer by layer. */
export interface CellTests {
  readonly limit: EdgeLimit
  /** What is known before the edges are. */
  start(frame: CellFrame): CellProgress
  /** Whether what is settled before the edges can still become a cell that satisfies the constraints. */
  admits(frame: CellFrame): boolean
  /** Whether a condition that stands by itself is broken for good. */
  fails(nodes: NodeFacts): boolean
}

/** @param tests conditions of the cell, each of which must hold */
export function cellTests(context: AnalysisContext, plan: CellPlan, tests: readonly Expression[]): CellTests {
  const facts = tests.flatMap(everyPart).flatMap((each) => (each.kind === 'topology' ? [each.fact] : []))
  const [asksForEdges, asksForNodes] = [facts.includes('edges'), facts.includes('every_node')]
  const alone = tests.flatMap((test) => (test.kind === 'topology' && test.fact === 'every_node' ? [test] : []))
  const limit = edgeLimit(context, plan, tests)
  const fails: CellTests['fails'] = (nodes) => alone.some((fact) => !everyNode(fact, nodes))
  const start: CellTests['start'] = (frame) => ({
    used: usedIn(plan, frame, frame.chosen.flat()),
    nodeInputs: 0,
    nodeEdges: 0,
    edgeOperations: 0,
    ...(asksForEdges ? { edges: edgesIntoOutput(plan, frame) } : {}),
    ...(asksForNodes ? { read: [...frame.asked].sort(), nodes: nodesOf(plan, frame) } : {}),
  })
  return {
    limit,
    start,
    fails,
    admits(frame) {
      const { edges, nodes } = start(frame)
      if (nodes && fails(nodes)) return false
      return edges === undefined || limit.settle(frame, plan.nodes.length, 0, false, edges) !== undefined
    },
  }
}

/** Edges into the output count where they are a choice. */
function edgesIntoOutput({ terms }: CellPlan, { chosen }: CellFrame): number {
  return terms.reduce((all, { decision }, index) => all + (decision ? (chosen[index]?.length ?? 0) : 0), 0)
}

function nodesOf({ cell, nodes }: CellPlan, { present, asked }: CellFrame): NodeFacts {
  const reached = nodes.every(({ name }) => present.includes(name))
  return nodeFacts(
    reached,
    true,
    asked.every((name) => cell.inputs.includes(name) || present.includes(name)),
  )
}
