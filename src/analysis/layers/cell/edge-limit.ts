import type { Expression } from '../../../ir/model/expression.js'
import type { CellPlan, PlannedNode } from './cell-plan.js'
import { everyPart, intervalOf } from '../../diagram/interval.js'
import type { CellFrame } from './cell-frame.js'
import type { AnalysisContext } from '../../diagram/layer.js'

/** The most edges that constraints leave to a cell, known while they are taken one by one, from the last node to the first. */
export interface EdgeLimit {
  /**
   * @param node   position of the node at hand in the plan; nodes before it are still to come
   * @param places edges that the node at hand may still take
   * @param misses whether the node at hand must take one of them
   * @returns the number of edges to go on with: where what is to come can make no difference, one number stands for all
   *          that are small enough. Undefined where there are too many, or will be.
   */
  settle(frame: CellFrame, node: number, places: number, misses: boolean, edges: number): number | undefined
}

/** Of the conditions of a cell; without any of `edges <= 9` and its like there is no limit. */
export function edgeLimit(context: AnalysisContext, plan: CellPlan, tests: readonly Expression[]): EdgeLimit {
  const isEdges = (expression: Expression): boolean => expression.kind === 'topology' && expression.fact === 'edges'
  const speaking = tests.filter((test) => everyPart(test).some(isEdges))
  const intervals = speaking.flatMap((test) => intervalOf(context, test, isEdges) ?? [])
  const most = Math.min(Infinity, ...intervals.map((interval) => interval.most))
  // Any number within the limit is as good as another only where nothing else is said of it.
  const isOnlyLimit = intervals.length === speaking.length && intervals.every(({ least }) => least <= 0)
  const known = new WeakMap<CellFrame, readonly Range[]>()
  return {
    settle(frame, node, places, misses, edges) {
      const ranges = known.get(frame) ?? rangesOf(plan, frame)
      known.set(frame, ranges)
      const before = ranges[node] ?? { least: 0, most: 0 }
      if (edges + before.least + (misses ? 1 : 0) > most) return undefined
      return isOnlyLimit && most < Infinity ? Math.max(edges, most - before.most - places) : edges
    },
  }
}

interface Range {
  readonly least: number
  readonly most: number
}

/** By position: how many edges all nodes before it take together. */
function rangesOf({ nodes, cell }: CellPlan, { present }: CellFrame): readonly Range[] {
  const ranges: Range[] = [{ least: 0, most: 0 }]
  for (const planned of nodes) {
    const own = edgesOf(planned, present, cell.inputs)
    const before = ranges.at(-1) ?? own
    ranges.push({ least: before.least + own.least, most: before.most + own.most })
  }
  return ranges
}

function edgesOf(
  { name, sources, decision, operations }: PlannedNode,
  present: readonly string[],
  inputs: readonly string[],
): Range {
  if (!present.includes(name)) return { least: 0, most: 0 }
  const there = sources.filter((source) => inputs.includes(source) || present.includes(source)).length
  if (!decision) return { least: there, most: there }
  return { least: 1, most: Math.min(decision.arity?.most ?? 1, there * (operations?.length ?? 1)) }
}
