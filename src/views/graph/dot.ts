import type { BoxRole, DrawnBox, DrawnCluster, DrawnItem, DrawnLine, Drawing } from './drawing.js'
import { optionColour } from './palette.js'

/** A drawing in the language of Graphviz. The same drawing gives the same text. */
export function toDot(drawing: Drawing): string {
  const names = new Map<string, string>()
  const lines = [
    `digraph ${quoted(drawing.title)} {`,
    `  graph [rankdir=${drawing.direction === 'right' ? 'LR' : 'TB'}, bgcolor=transparent, pad=0.15, nodesep=${drawing.direction === 'right' ? '0.14' : '0.3'}, ranksep=${drawing.direction === 'right' ? '0.36' : '0.38'}, ${font(11)}]`,
    `  node [shape=plain, ${font(11)}]`,
    `  edge [color=${quoted(ink.line)}, penwidth=1.1, arrowsize=0.55, fontcolor=${quoted(ink.soft)}, ${font(9)}]`,
    ...drawing.items.flatMap((item) => writeItem(item, '  ', names)),
    ...drawing.lines.flatMap((line) => writeLine(line, names)),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

const ink = { dark: '#1b2430', soft: '#5f6b7a', line: '#8793a1', paper: '#ffffff', ground: '#f5f7fa', frame: '#c9d1da' }
const choiceInk = { frame: '#d58a00', ground: '#fff8e8' }

function font(size: number): string {
  return `fontname="Helvetica,Arial,sans-serif", fontsize=${size}`
}

function writeItem(item: DrawnItem, indent: string, names: Map<string, string>): readonly string[] {
  return item.kind === 'box' ? [writeBox(item, indent, names)] : writeCluster(item, indent, names)
}

function writeCluster(cluster: DrawnCluster, indent: string, names: Map<string, string>): readonly string[] {
  const note =
    cluster.note === undefined
      ? ''
      : `&#160;&#160;<font point-size="10" color="${ink.soft}">${html(cluster.note)}</font>`
  return [
    `${indent}subgraph ${quoted(`cluster_${cluster.id}`)} {`,
    `${indent}  graph [label=<<b>${html(cluster.title)}</b>${note}>, labeljust=l, style="rounded,filled", color=${quoted(ink.frame)}, fillcolor=${quoted(ink.ground)}, fontcolor=${quoted(ink.dark)}, margin=10]`,
    ...cluster.items.flatMap((item) => writeItem(item, `${indent}  `, names)),
    `${indent}}`,
  ]
}

function writeBox(box: DrawnBox, indent: string, names: Map<string, string>): string {
  const name = `b${names.size + 1}`
  names.set(box.id, name)
  return `${indent}${name} [${box.role === 'merge' ? merge(box) : `label=<${table(box)}>`}]`
}

/** A small round box: a sum, a product. */
function merge(box: DrawnBox): string {
  return `label=${quoted(box.title)}, shape=box, style="rounded,filled", color=${quoted(ink.dark)}, fillcolor=${quoted(ink.paper)}, fontcolor=${quoted(ink.dark)}, margin="0.08,0.03", width=0.3, height=0.24`
}

const grounds: Readonly<Record<Exclude<BoxRole, 'merge'>, { frame: string; ground: string; letters: string }>> = {
  state: { frame: ink.dark, ground: ink.dark, letters: '#ffffff' },
  operation: { frame: '#4a6fa5', ground: ink.paper, letters: ink.dark },
  choice: { frame: choiceInk.frame, ground: choiceInk.ground, letters: ink.dark },
  legend: { frame: choiceInk.frame, ground: ink.paper, letters: ink.dark },
}

function table(box: DrawnBox): string {
  if (box.role === 'merge') return html(box.title)
  const { frame, ground, letters } = grounds[box.role]
  const quiet = box.role === 'state' ? '#c3ccd6' : ink.soft
  const note =
    box.note === undefined ? '' : row(box.note, 9, `<font point-size="9" color="${quiet}">${html(box.note)}</font>`)
  const title = box.title === '' ? '' : row(box.title, 12, `<b>${html(box.title)}</b>`)
  const rows = box.rows.map(({ text, option }) => {
    const words = `<font point-size="10">${html(text)}</font>`
    return option === undefined
      ? row(text, 10, words)
      : row(`# ${text}`, 10, `<font point-size="10" color="${optionColour(option)}">&#9632;</font> ${words}`)
  })
  const lines = title === '' ? [...rows, note] : [title, note, ...rows]
  return `<table border="1" cellborder="0" cellspacing="0" cellpadding="2" style="rounded" color="${frame}" bgcolor="${ground}"><tr><td cellpadding="2"><font color="${letters}"><table border="0" cellborder="0" cellspacing="0" cellpadding="1">${lines.join('')}</table></font></td></tr></table>`
}

/** A line of a box, with room for the letters of whatever sans-serif face the viewer has: Graphviz has none to measure. */
function row(text: string, size: number, words: string): string {
  const width = Array.from(text).reduce(
    (sum, character) => sum + (/[ijltfr.,()[\]|: ]/.test(character) ? 0.34 : 0.6),
    0,
  )
  return `<tr><td align="left" width="${Math.ceil(width * size) + 4}">${words}</td></tr>`
}

function writeLine(line: DrawnLine, names: ReadonlyMap<string, string>): readonly string[] {
  const from = names.get(line.from)
  const to = names.get(line.to)
  if (from === undefined || to === undefined) return []
  const attributes = [
    ...(line.label === undefined ? [] : [`label=${quoted(` ${line.label}`)}`]),
    ...(line.dashed ? ['style=dashed'] : []),
  ]
  return [`  ${from} -> ${to}${attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`}`]
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
