import type { Node } from '../syntax/ast.js'
import type { Piece } from './piece.js'
import { textOf, type LaidLine } from './layout.js'
import type { Item, Structure } from './structure.js'

/** One row of a table: a line and the pieces that begin its columns; nothing where the row has no such column. */
interface Row {
  readonly line: LaidLine
  readonly starts: readonly (number | undefined)[]
}

/**
 * Lines up what belongs together: the values of the clauses of a block; stages on one line each, by property; the `=` of
 * the cells of a space; the braces of the parts of an architecture; rows of a pipeline with the same operations.
 * Comments at the ends of lines stand below each other too. A blank line ends a table.
 */
export function lineUp(lines: readonly LaidLine[], structure: Structure): void {
  const itemOf = (line: LaidLine): Item | undefined => {
    const [first] = line.pieces
    return first?.kind === 'token' ? structure.items.get(first.start) : undefined
  }
  for (const run of runsOf(lines)) {
    for (const group of byParent(run, itemOf)) {
      lineUpRows(group.flatMap(({ line, item }) => clauseRow(line, item.node)))
      lineUpRows(adjacent(group, run, 'space-cell').flatMap((line) => rowAt(line, '=')))
      lineUpRows(adjacent(group, run, 'architecture-block').flatMap((line) => rowAt(line, '{')))
      for (const rows of stageTables(group, run)) lineUpRows(rows)
    }
  }
  for (const pipeline of structure.pipelines) {
    const rows = lines.flatMap((line): Row[] => {
      const first = line.pieces[0]
      const leads = first?.start === pipeline.start || pipeline.arrows.includes(first?.start ?? -1)
      if (!leads) return []
      const arrows = line.pieces.flatMap(({ start }, index) => (pipeline.arrows.includes(start) ? [index] : []))
      return [{ line, starts: arrows[0] === 0 ? arrows.slice(1) : arrows }]
    })
    if (rows.length > 1 && sameOperations(rows, pipeline.names)) lineUpRows(rows)
  }
  for (const rows of endComments(lines)) lineUpRows(rows)
}

/** Comments behind something, on lines that follow each other. */
function endComments(lines: readonly LaidLine[]): readonly (readonly Row[])[] {
  const tables: Row[][] = [[]]
  for (const line of lines) {
    const last = line.pieces.length - 1
    const ends = last > 0 && line.pieces[last]?.text.startsWith('//') === true
    if (!ends || line.apart) tables.push([])
    if (ends) tables.at(-1)?.push({ line, starts: [last] })
  }
  return tables
}

/** Lines with no blank line between them. */
function runsOf(lines: readonly LaidLine[]): readonly (readonly LaidLine[])[] {
  const runs: LaidLine[][] = []
  for (const line of lines) {
    if (line.apart || runs.length === 0) runs.push([line])
    else runs.at(-1)?.push(line)
  }
  return runs
}

interface ItemLine {
  readonly line: LaidLine
  readonly item: Item
}

function byParent(run: readonly LaidLine[], itemOf: (line: LaidLine) => Item | undefined): readonly ItemLine[][] {
  const groups = new Map<Node, ItemLine[]>()
  for (const line of run) {
    const item = itemOf(line)
    if (item === undefined) continue
    const group = groups.get(item.parent)
    if (group === undefined) groups.set(item.parent, [{ line, item }])
    else group.push({ line, item })
  }
  return [...groups.values()]
}

const clauses: ReadonlySet<Node['kind']> = new Set<Node['kind']>([
  'from',
  'through',
  'merge',
  'project',
  'input',
  'classes',
  'stem',
  'stack',
  'head',
  'stage-property',
  'relax',
  'cells',
  'share',
  'component-clause',
  'minimise',
  'validate',
  'derive',
  'retrain',
  'out',
  'weight',
  'macs',
  'cost',
])

/** `from    any 2 of earlier`: a word and what it says. */
function clauseRow(line: LaidLine, node: Node): readonly Row[] {
  const second = line.pieces[1]
  return clauses.has(node.kind) && second?.kind === 'token' ? [{ line, starts: [1] }] : []
}

function rowAt(line: LaidLine, text: string): readonly Row[] {
  const index = line.pieces.findIndex((piece) => piece.text === text)
  return index < 0 ? [] : [{ line, starts: [index] }]
}

/** Lines of items of one kind, where more than one follow each other. */
function adjacent(group: readonly ItemLine[], run: readonly LaidLine[], kind: Node['kind']): readonly LaidLine[] {
  const lines = group.filter(({ item }) => item.node.kind === kind).map(({ line }) => line)
  return lines.length > 1 && lines.every((line) => run.includes(line)) ? lines : []
}

const columnsOfStage = ['width', 'depth', 'stride'] as const

/** Stages that are whole on one line, one below the other. */
function stageTables(group: readonly ItemLine[], run: readonly LaidLine[]): readonly (readonly Row[])[] {
  const tables: Row[][] = []
  let last = -2
  for (const { line, item } of group) {
    const row = stageRow(line, item.node)
    if (row === undefined) continue
    const index = run.indexOf(line)
    if (index === last + 1) tables.at(-1)?.push(row)
    else tables.push([row])
    last = index
  }
  return tables
}

function stageRow(line: LaidLine, node: Node): Row | undefined {
  if (node.kind !== 'stage') return undefined
  const tokens = line.pieces.filter(({ kind }) => kind === 'token')
  if (tokens.at(-1)?.text !== '}' || (tokens.at(-1)?.start ?? 0) + 1 !== node.span.end) return undefined
  const at = (piece: (each: Piece) => boolean): number => line.pieces.findIndex(piece)
  const starts: (number | undefined)[] = [at(({ text }) => text === '{')]
  const members = [...node.items]
  for (const column of columnsOfStage) {
    const [member] = members
    if (member?.kind === 'stage-property' && member.property === column) {
      members.shift()
      starts.push(at(({ start }) => start === member.span.start))
    } else starts.push(undefined)
  }
  const [rest] = members
  if (rest?.kind === 'stage-property' && columnsOfStage.some((column) => column === rest.property)) return undefined
  starts.push(rest && at(({ start }) => start === rest.span.start))
  return { line, starts }
}

/** Gives every column the same place in all rows, from left to right. */
function lineUpRows(rows: readonly Row[]): void {
  if (rows.length < 2) return
  const columns = Math.max(...rows.map(({ starts }) => starts.length))
  for (let column = 0; column < columns; column++) {
    const placed = rows.flatMap(({ line, starts }) => {
      const start = starts[column]
      return start === undefined ? [] : [{ line, start, at: placeOf(line, start) }]
    })
    const furthest = Math.max(...placed.map(({ at }) => at))
    for (const { line, start, at } of placed) line.blanks[start] = (line.blanks[start] ?? 0) + furthest - at
  }
}

/** The column in which a piece begins; a step counts as two. */
function placeOf(line: LaidLine, index: number): number {
  return 2 * line.steps + line.offset + textOf(line, index).length + (line.blanks[index] ?? 0)
}

function sameOperations(rows: readonly Row[], names: readonly string[]): boolean {
  const [first] = rows
  const length = (first?.starts.length ?? 0) + 1
  if (names.includes('') || names.length !== rows.length * length) return false
  return rows.every(
    ({ starts }, row) =>
      starts.length + 1 === length &&
      names.slice(0, length).every((name, column) => names[row * length + column] === name),
  )
}
