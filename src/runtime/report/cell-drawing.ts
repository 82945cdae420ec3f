import { toSvg, type DrawnBox, type DrawnLine } from '../../views/graph/index.js'
import type { CellGraph } from './cell-graph.js'

/**
 * Draws a derived cell as SVG, from left to right: states as dark boxes, between them the operations, each with the colour
 * that its option has in the curves. Every node leads to the output.
 */
export async function drawCell(cell: CellGraph): Promise<string> {
  const states = [...new Set([...cell.edges.map(({ source }) => source), ...cell.nodes])].sort()
  const boxes: DrawnBox[] = states.map((state) => ({ kind: 'box', id: state, role: 'state', title: state, rows: [] }))
  const lines: DrawnLine[] = cell.nodes.map((node) => ({ from: node, to: output }))
  cell.edges.forEach(({ source, node, operation, option }, index) => {
    const id = `#${index}`
    boxes.push({ kind: 'box', id, role: 'operation', title: '', rows: [{ text: operation, option }] })
    lines.push({ from: source, to: id }, { from: id, to: node })
  })
  boxes.push({ kind: 'box', id: output, role: 'state', title: 'output', rows: [] })
  const svg = await toSvg({ title: `Cell ${cell.name}`, direction: 'right', items: boxes, lines })
  return svg.replace('<svg ', '<svg class="cell" ')
}

/** A name that no state has: states are identifiers. */
const output = '-> output'
