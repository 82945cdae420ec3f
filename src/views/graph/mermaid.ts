import type { DrawnBox, DrawnItem, Drawing } from './drawing.js'

/** A drawing as a Mermaid flowchart, as Markdown pages show it. */
export function toMermaid(drawing: Drawing): string {
  const names = new Map<string, string>()
  const body = drawing.items.flatMap((item) => writeItem(item, '  ', names))
  const lines = drawing.lines.flatMap(({ from, to, label, dashed }) => {
    const [left, right] = [names.get(from), names.get(to)]
    if (left === undefined || right === undefined) return []
    return [`  ${left} ${dashed ? '-.->' : '-->'}${label === undefined ? '' : `|"${text(label)}"|`} ${right}`]
  })
  return [
    '---',
    `title: ${JSON.stringify(drawing.title)}`,
    '---',
    `flowchart ${drawing.direction === 'right' ? 'LR' : 'TB'}`,
    ...body,
    ...lines,
    '  classDef state fill:#1b2430,stroke:#1b2430,color:#ffffff',
    '  classDef operation fill:#ffffff,stroke:#4a6fa5,color:#1b2430',
    '  classDef choice fill:#fff8e8,stroke:#d58a00,color:#1b2430',
    '  classDef merge fill:#ffffff,stroke:#1b2430,color:#1b2430',
    '  classDef legend fill:#ffffff,stroke:#d58a00,color:#1b2430',
    '',
  ].join('\n')
}

function writeItem(item: DrawnItem, indent: string, names: Map<string, string>): readonly string[] {
  if (item.kind === 'box') {
    const name = `b${names.size + 1}`
    names.set(item.id, name)
    return [`${indent}${name}${shapeOf(item)}:::${item.role}`]
  }
  const title = item.note === undefined ? item.title : `${item.title} ${item.note}`
  // Names of subgraphs and of boxes must differ: those of boxes are b and a number.
  return [
    `${indent}subgraph c_${item.id.replace(/\W+/g, '_')}["${text(title)}"]`,
    ...item.items.flatMap((inner) => writeItem(inner, `${indent}  `, names)),
    `${indent}end`,
  ]
}

function shapeOf(box: DrawnBox): string {
  const lines = [box.title, box.note, ...box.rows.map((row) => row.text)].filter(
    (line) => line !== undefined && line !== '',
  )
  const label = `"${lines.map((line) => text(line ?? '')).join('<br/>')}"`
  return box.role === 'merge' ? `(${label})` : `[${label}]`
}

/** Mermaid reads `#quot;` and the like in quoted text. */
function text(raw: string): string {
  return raw.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;')
}
