import type { IrSpace, StackItem } from '../../ir/model/space.js'
import type { DrawnBox } from './drawing.js'
import { partsOf } from './path.js'
import type { PipelineDrawing } from './pipeline.js'
import type { GraphTarget } from './graph-target.js'
import { shapeText } from './text.js'

/** Name of the cell that a copy is of, and where its nodes are. */
export interface CellInstance {
  /** `cells[3]` */
  readonly path: string
  /** `normal` */
  readonly cell: string
  readonly nodes: readonly number[]
}

/** The copies of cells in a stack, in order. */
export function instancesOf({ network }: GraphTarget, stack: string): readonly CellInstance[] {
  const copies = new Map<string, { cell: string; nodes: number[] }>()
  for (const node of network.nodes) {
    const [top = ''] = partsOf(node.path)
    if (!top.startsWith(`${stack}[`)) continue
    const copy = copies.get(top) ?? { cell: '', nodes: [] }
    copies.set(top, copy)
    copy.nodes.push(node.id)
    if (node.kind === 'edge') copy.cell = partsOf(node.node)[0] ?? ''
  }
  return [...copies].map(([path, { cell, nodes }]) => ({ path, cell, nodes }))
}

/** A stack as a cluster: one box for every run of equal cells, with their number. */
export function stackRuns(target: GraphTarget, space: IrSpace, stack: StackItem): PipelineDrawing {
  const copies = instancesOf(target, stack.name)
  const boxes: DrawnBox[] = []
  const places = new Map<number, string>()
  const drawn = new Set<number>()
  for (let start = 0; start < copies.length;) {
    const first = copies[start]
    if (!first) break
    let end = start + 1
    while (copies[end]?.cell === first.cell) end += 1
    const run = copies.slice(start, end)
    const id = first.path
    const output = target.network.nodes[run.at(-1)?.nodes.at(-1) ?? 0]
    boxes.push({
      kind: 'box',
      id,
      role: 'operation',
      title: run.length === 1 ? first.cell : `${first.cell} ×${run.length}`,
      ...(output ? { note: `${cellName(space, first.cell)}${shapeText(output.shape)}` } : {}),
      rows: [],
    })
    for (const copy of run) for (const node of copy.nodes) places.set(node, id)
    for (const node of first.nodes) drawn.add(node)
    start = end
  }
  return {
    item: { kind: 'cluster', id: stack.name, title: `${stack.name} ×${copies.length}`, items: boxes },
    places,
    drawn,
  }
}

/** The cell as it is declared, where it has another name in the space. */
function cellName(space: IrSpace, name: string): string {
  const use = space.cells.find((cell) => cell.name === name)
  const declared = use?.cell.slice(use.cell.lastIndexOf('.') + 1)
  return declared === undefined || declared === name ? '' : `${declared}, `
}
