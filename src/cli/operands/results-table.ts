import { dirname, join } from 'node:path'
import { decisionsOf } from '../../analysis/index.js'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { Failure } from '../../catalogue/failure.js'
import type { SourceText } from '../../compiler/text/source.js'
import type { KnownResult, NamedArchitecture } from '../../runtime/index.js'
import { parseTable, type CsvRow } from '../../support/csv-table.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
import type { Terminal } from '../terminal.js'
import { architectureIn, missingSpaces } from './load-architecture.js'
import { readText } from './load-ir.js'

export interface TableRequest {
  /** CSV, with names of columns in its first line. */
  readonly file: string
  /** The column of the results. */
  readonly column: string
  /** The program whose space is meant by architectures in files or texts that do not import it. */
  readonly program: string | undefined
  readonly json: boolean
}

/** The column that names architectures; without it there is one for each decision. */
const architectureColumn = 'architecture'

/**
 * Reads what a table says of architectures. Nothing where one of them has errors, which are printed.
 *
 * @throws Failure NAS7585 if it is no table, NAS7589 if it lacks the column; NAS8014 where an architecture says nothing of its space
 */
export async function readResults(
  request: TableRequest,
  terminal: Terminal,
): Promise<readonly KnownResult[] | undefined> {
  const { file, column } = request
  const { columns, rows } = parseTable(readText(file), file)
  if (!columns.includes(column)) {
    const near = didYouMean(nearNames(column, columns)[0])
    throw new Failure('no-such-column', { file, column, columns: columns.join(', '), near })
  }
  const results: KnownResult[] = []
  for (const { line, cells } of rows) {
    const place = `${file}, line ${line}`
    const value = numberIn(cells.get(column) ?? '', column, place)
    const of = await architectureOfRow(cells, place, request, terminal)
    if (of === undefined) return undefined
    results.push({ place, of, value })
  }
  return results
}

/** `0.943`, `94.3`, `94.3%`: the order is all that counts. */
function numberIn(cell: string, column: string, place: string): number {
  const number = Number(cell.replace(/\s*%$/, ''))
  if (cell !== '' && Number.isFinite(number)) return number
  const reason = `${column} is ${cell === '' ? 'empty' : `'${cell}'`}, and no number`
  throw new Failure('malformed-table', { place, reason })
}

async function architectureOfRow(
  cells: CsvRow['cells'],
  place: string,
  { file, program, json }: TableRequest,
  terminal: Terminal,
): Promise<NamedArchitecture | undefined> {
  const cell = cells.get(architectureColumn)
  if (cell === undefined) return { kind: 'decisions', cells: Object.fromEntries(cells) }
  if (cell === '') throw new Failure('malformed-table', { place, reason: `${architectureColumn} is empty` })
  if (cell.includes('{')) return written({ path: place, text: cell }, program, json, terminal)
  if (!cell.endsWith('.nas')) return { kind: 'name', name: cell }
  const path = join(dirname(file), cell)
  return written({ path, text: readText(path) }, program, json, terminal)
}

async function written(
  source: SourceText,
  program: string | undefined,
  json: boolean,
  terminal: Terminal,
): Promise<NamedArchitecture | undefined> {
  if (program === undefined && (await missingSpaces(source.text)).length > 0) {
    throw new Failure(
      'architecture-without-space',
      { file: source.path, beside: '' },
      { help: 'Name the program of the space with --program FILE, or import the space.' },
    )
  }
  const loaded = await architectureIn(source, program, json, terminal)
  if (loaded === undefined) return undefined
  const { ir, architecture } = loaded
  const params = paramsOf(ir, architecture)
  const taken = resolveArchitecture(ir, architecture, params).decisions
  const decisions = decisionsOf(ir, architecture.space, { params }).flatMap(({ path, options }) => {
    const selected = taken[path]
    return selected === undefined ? [] : [[path, selected.map((option) => options[option] ?? '')] as const]
  })
  return { kind: 'architecture', name: architecture.name, decisions: Object.fromEntries(decisions) }
}
