import type { ArchitectureDerived, DecisionLabel } from '../run/events.js'

/** A derived cell: which operation leads from which state to which node. */
export interface CellGraph {
  /** `normal` */
  readonly name: string
  /** Names of the nodes, in the order of the space. */
  readonly nodes: readonly string[]
  readonly edges: readonly CellEdge[]
}

export interface CellEdge {
  readonly source: string
  readonly node: string
  readonly operation: string
  /** Position of the operation among the options: its colour, the same as in the curves. */
  readonly option: number
}

/**
 * The cells of a derived architecture, read from its decisions `cell.node.through[source]`. An architecture whose space
 * has no such decisions has none.
 */
export function derivedCells(
  architecture: ArchitectureDerived,
  decisions: readonly DecisionLabel[],
): readonly CellGraph[] {
  const cells = new Map<string, { nodes: Set<string>; edges: CellEdge[] }>()
  for (const { path, options } of decisions) {
    const match = /^(\w+)\.(\w+)\.through\[(\w+)\]$/.exec(path)
    if (match === null) continue
    const [, name = '', node = '', source = ''] = match
    const cell = cells.get(name) ?? { nodes: new Set(), edges: [] }
    cells.set(name, cell)
    for (const option of architecture.decisions[path] ?? []) {
      cell.nodes.add(node)
      cell.edges.push({ source, node, operation: options[option] ?? String(option), option })
    }
  }
  return [...cells]
    .filter(([, { edges }]) => edges.length > 0)
    .map(([name, { nodes, edges }]) => ({ name, nodes: [...nodes], edges }))
}
