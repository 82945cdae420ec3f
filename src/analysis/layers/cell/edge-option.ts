import type { CellPlan, PlannedNode } from './cell-plan.js'

/** Something that a node may read: a source and, where operations are part of the topology, one of them on it. */
export interface EdgeOption {
  readonly node: PlannedNode
  /** Position of the node in the plan. */
  readonly position: number
  readonly source: string
  /** Its number among the options of the node's inputs. */
  readonly option: number
  /** Sources of the node that come behind this one. */
  readonly laterSources: readonly string[]
  /** Operations on the same source that come behind this one. */
  readonly laterOperations: number
}

/** Everything that a node of the plan may read, in the order of its options. */
export function edgeOptions({ nodes }: Pick<CellPlan, 'nodes'>, node: PlannedNode): readonly EdgeOption[] {
  const { sources, operations } = node
  const each = operations?.length ?? 1
  return sources.flatMap((source, index) =>
    Array.from({ length: each }, (_, operation): EdgeOption => ({
      node,
      position: nodes.indexOf(node),
      source,
      option: index * each + operation,
      laterSources: sources.slice(index + 1),
      laterOperations: each - 1 - operation,
    })),
  )
}
