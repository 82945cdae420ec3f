import { optionColours } from './charts/theme.js'
import type { CellGraph } from './cell-graph.js'
import { escapeHtml } from './format.js'

interface Point {
  readonly x: number
  readonly y: number
}

interface Box extends Point {
  readonly width: number
  readonly height: number
}

const margin = 10
const characterWidth = 6.9

/**
 * Draws a cell as SVG, from left to right: states as dark boxes, each operation as a coloured one between them. Every
 * node leads to the output. The layout is dagre's (Sugiyama's method), the same for the same cell.
 */
export async function drawCell(cell: CellGraph): Promise<string> {
  const { default: dagre } = await import('@dagrejs/dagre')
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 12, ranksep: 26, edgesep: 10 })
  graph.setDefaultEdgeLabel(() => ({}))
  const states = [...new Set([...cell.edges.map(({ source }) => source), ...cell.nodes])].sort()
  for (const state of states) graph.setNode(state, { width: boxWidth(state), height: 30 })
  graph.setNode(output, { width: boxWidth(output), height: 30 })
  cell.edges.forEach(({ source, node, operation }, index) => {
    const name = operationName(index)
    graph.setNode(name, { width: boxWidth(operation), height: 24 })
    graph.setEdge(source, name)
    graph.setEdge(name, node)
  })
  for (const node of cell.nodes) graph.setEdge(node, output)
  dagre.layout(graph)

  const lines = graph.edges().map((edge) => drawLine(graph.edge(edge).points))
  const boxes = states.map((state) => drawState(graph.node(state), state))
  const operations = cell.edges.map(({ operation, option }, index) =>
    drawOperation(graph.node(operationName(index)), operation, option),
  )
  const size = frame([
    ...graph.nodes().flatMap((name) => corners(graph.node(name))),
    ...graph.edges().flatMap((edge) => graph.edge(edge).points),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="cell" role="img" aria-label="Cell ${escapeHtml(cell.name)}" ${size}>`,
    ...lines,
    ...boxes,
    drawState(graph.node(output), output),
    ...operations,
    '</svg>',
  ].join('\n')
}

const output = 'output'

/** Size and view that hold all points: dagre's own leave out the bends of lines. */
function frame(points: readonly Point[]): string {
  const xs = points.map(({ x }) => x)
  const ys = points.map(({ y }) => y)
  const left = Math.min(...xs) - margin
  const top = Math.min(...ys) - margin
  const width = round(Math.max(...xs) + margin - left)
  const height = round(Math.max(...ys) + margin - top)
  return `width="${width}" height="${height}" viewBox="${round(left)} ${round(top)} ${width} ${height}"`
}

function corners({ x, y, width, height }: Box): readonly Point[] {
  return [
    { x: x - width / 2, y: y - height / 2 },
    { x: x + width / 2, y: y + height / 2 },
  ]
}

/** A name that no state has: states are identifiers. */
function operationName(index: number): string {
  return `#${String(index)}`
}

function boxWidth(text: string): number {
  return Math.round(text.length * characterWidth) + 20
}

function drawState(box: Box, text: string): string {
  return drawBox(box, text, { fill: '#1b2430', ink: '#ffffff', radius: 6, weight: 600 })
}

function drawOperation(box: Box, text: string, option: number): string {
  const colour = optionColours[option % optionColours.length] ?? '#9aa0a6'
  return drawBox(box, text, { fill: '#ffffff', ink: '#1b2430', radius: 12, weight: 400, stroke: colour })
}

function drawBox(
  { x, y, width, height }: Box,
  text: string,
  style: { fill: string; ink: string; radius: number; weight: number; stroke?: string },
): string {
  const stroke = style.stroke === undefined ? '' : ` stroke="${style.stroke}" stroke-width="2"`
  return (
    `<rect x="${round(x - width / 2)}" y="${round(y - height / 2)}" width="${round(width)}" height="${round(height)}" rx="${String(style.radius)}" fill="${style.fill}"${stroke}/>` +
    `<text x="${round(x)}" y="${round(y + 4)}" text-anchor="middle" font-size="12" font-weight="${String(style.weight)}" fill="${style.ink}">${escapeHtml(text)}</text>`
  )
}

/** A smooth line through the middles between the points of a route. */
function drawLine(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.at(-1)
  if (first === undefined || last === undefined) return ''
  const path = [`M${at(first)}`]
  rest.slice(0, -1).forEach((point, index) => {
    const next = rest[index + 1] ?? last
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 }
    path.push(`Q${at(point)} ${at(end)}`)
  })
  if (rest.length === 1) path.push(`L${at(last)}`)
  return `<path d="${path.join('')}" fill="none" stroke="#9aa7b5" stroke-width="1.5"/>`
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10)
}
