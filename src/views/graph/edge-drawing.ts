import type { Decision } from '../../space/decisions/decision.js'
import type { EdgeNode } from '../../space/network/network.js'
import { decisionText, optionRows } from './describe.js'
import type { DrawnBox, DrawnRow } from './drawing.js'
import { partsOf, wordOf } from './path.js'
import type { CellInstance } from './stack-drawing.js'
import type { GraphTarget } from './graph-target.js'
import { arityText } from './text.js'

/** From this many choices with the same options on, the options stand in one legend. */
const legendFrom = 3

/** One legend for every list of options that many edges of a cell share, by the options. */
export function legendsOf({ decisions, selections }: GraphTarget, cell: string): ReadonlyMap<string, DrawnBox> {
  const shared = new Map<string, Decision[]>()
  for (const decision of decisions) {
    if (selections || !decision.path.startsWith(`${cell}.`) || decision.kind !== 'through') continue
    const key = keyOf(decision)
    shared.set(key, [...(shared.get(key) ?? []), decision])
  }
  const legends = new Map<string, DrawnBox>()
  for (const [key, [first, ...others]] of shared) {
    if (!first || others.length + 1 < legendFrom) continue
    legends.set(key, {
      kind: 'box',
      id: `${cell}/legend ${legends.size + 1}`,
      role: 'legend',
      title: `${arityText(first)}:`,
      rows: optionRows(first),
    })
  }
  return legends
}

export interface EdgeBoxes {
  readonly boxes: readonly DrawnBox[]
  /** Whether the architecture decides if the edge is there. */
  readonly optional: boolean
}

/** What stands on an edge of a cell; nothing where an architecture does not take the edge. */
export function edgeBoxes(
  target: GraphTarget,
  cell: string,
  copy: CellInstance,
  edge: EdgeNode,
  legends: ReadonlyMap<string, DrawnBox>,
): EdgeBoxes | undefined {
  const { decisions, selections } = target
  const id = `${cell}/${edge.node}<-${edge.source}`
  const from = decisions.find(({ path }) => path === `${edge.node}.from`)
  const rowsFrom = from ? sourceRows(from, edge.source) : []
  const takenFrom = from && selections?.[from.path]
  if (takenFrom && !rowsFrom.some(({ index }) => takenFrom.includes(index))) return undefined
  const optional = from !== undefined && !selections && (from.arity?.least ?? 0) < from.options.length

  const own = decisions.filter(({ path }) => path.startsWith(`${edge.node}.`) && path.includes(`[${edge.source}]`))
  const through = own.find(({ kind: what }) => what === 'through')
  const values = own.flatMap((decision): DrawnRow[] => {
    const text = decision === through ? undefined : decisionText(target, decision)
    return text === undefined ? [] : [{ text }]
  })
  if (!through && from && rowsFrom.some(({ connection }) => connection)) {
    const rows = takenFrom ? rowsFrom.filter(({ index }) => takenFrom.includes(index)) : rowsFrom
    const box: DrawnBox = { kind: 'box', id, role: takenFrom ? 'operation' : 'choice', title: '', rows }
    return { boxes: [box], optional }
  }
  if (!through) return { boxes: fixedBox(target, copy, edge, id, values), optional }
  const selected = selections?.[through.path]
  if (selected) {
    const rows = selected.map((option) => ({ text: through.options[option] ?? '', option }))
    return { boxes: [{ kind: 'box', id, role: 'operation', title: '', rows: [...rows, ...values] }], optional }
  }
  if (selections) return undefined
  const rows = legends.has(keyOf(through)) ? [{ text: arityText(through) }] : optionRows(through)
  return { boxes: [{ kind: 'box', id, role: 'choice', title: '', rows: [...rows, ...values] }], optional }
}

/** An option of a `from` that reads a source: the source itself, or an operation of it. */
interface SourceRow extends DrawnRow {
  /** Position in the options of the `from`; `option` is that among the operations of the source, for its colour. */
  readonly index: number
  readonly option: number
  readonly connection: boolean
}

function sourceRows(from: Decision, source: string): readonly SourceRow[] {
  const suffix = ` of ${source}`
  const rows = from.options.flatMap((text, index) => {
    if (text === source) return [{ text, index, connection: false }]
    return text.endsWith(suffix) ? [{ text: text.slice(0, -suffix.length), index, connection: true }] : []
  })
  return rows.map((row, option) => ({ ...row, option }))
}

/** An operation without a choice: its steps; nothing for the identity. */
function fixedBox(
  { network }: GraphTarget,
  copy: CellInstance,
  edge: EdgeNode,
  id: string,
  values: readonly DrawnRow[],
): readonly DrawnBox[] {
  const prefix = partsOf(edge.path)
  const words = new Set<string>()
  for (const node of copy.nodes) {
    const parts = partsOf(network.nodes[node]?.path ?? '')
    if (parts.length <= prefix.length || prefix.some((part, index) => parts[index] !== part)) continue
    words.add(wordOf(parts[prefix.length] ?? ''))
  }
  if (words.size === 0 && values.length === 0) return []
  return [{ kind: 'box', id, role: 'operation', title: '', rows: [...[...words].map((text) => ({ text })), ...values] }]
}

/** Options of connections speak of their source; those of operations do not. */
function keyOf({ options, arity }: Decision): string {
  return JSON.stringify([options, arity])
}
