import { Failure } from '../../catalogue/failure.js'
import { parseTable } from '../../support/csv-table.js'
import { didYouMean, nearNames } from '../../support/near-names.js'

/** The column or field that names architectures; without it there is one for each decision. */
const architectureColumn = 'architecture'

/** What a file says of one architecture. */
export interface ResultRow {
  /** `nas-bench.csv, line 7` */
  readonly place: string
  /** Absent: decisions stand in columns of their own. */
  readonly architecture?: string
  /** By name of the column. */
  readonly values: Readonly<Record<string, unknown>>
  /** In place of columns: the one result that there is. */
  readonly only?: number
}

/**
 * Rows of a CSV file, or of JSON: `{ ARCHITECTURE: { column: number, … }, … }`, `{ ARCHITECTURE: number, … }` (one column, of
 * whatever name) or a list of objects with a field that names the architecture.
 *
 * @param file for messages
 * @throws Failure NAS7585 where it is no CSV, NAS7603 where it is no JSON of this form
 */
export function parseResults(text: string, file: string): readonly ResultRow[] {
  const rows = /^\s*[[{]/u.test(text) ? jsonRows(file, text) : csvRows(file, text)
  if (rows.length === 0) throw new Failure('malformed-results', { place: file, reason: 'it has no rows' })
  const unnamed = rows.find(({ architecture }) => architecture === '')
  if (unnamed === undefined) return rows
  throw new Failure('malformed-results', { place: unnamed.place, reason: `${architectureColumn} is empty` })
}

/**
 * A result: `0.943`, `94.3`, `94.3%`, whatever its unit, since their order is all that counts.
 *
 * @throws Failure NAS7603 where it is no number, NAS7604 where there is no such column
 */
export function resultIn({ place, values, only }: ResultRow, column: string): number {
  const found = only ?? values[column]
  if (typeof found === 'number' && Number.isFinite(found)) return found
  const number = typeof found === 'string' ? Number(found.replace(/\s*%$/u, '')) : NaN
  if (typeof found === 'string' && found !== '' && Number.isFinite(number)) return number
  if (found === undefined) {
    const columns = Object.keys(values).filter((name) => name !== architectureColumn)
    const near = didYouMean(nearNames(column, columns)[0])
    throw new Failure('no-result-column', { place, column, columns: columns.join(', ') || 'none', near })
  }
  throw new Failure('malformed-results', { place, reason: `${column} is ${JSON.stringify(found)}, and no number` })
}

/** Options by name of their columns, where these name the architecture of a row. */
export function cellsIn({ values }: ResultRow): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]))
}

function csvRows(file: string, text: string): readonly ResultRow[] {
  return parseTable(text, file).rows.map(({ line, cells }) => {
    const architecture = cells.get(architectureColumn)
    const values = Object.fromEntries(cells)
    return { place: `${file}, line ${String(line)}`, values, ...(architecture !== undefined && { architecture }) }
  })
}

function jsonRows(file: string, text: string): readonly ResultRow[] {
  const parsed = parseJson(file, text)
  const lineOf = lines(text)
  if (Array.isArray(parsed)) {
    return parsed.map((item: unknown, index) => {
      const place = `${file}, item ${String(index + 1)}`
      if (!isRecord(item)) throw notAnObject(place, item)
      const architecture = item[architectureColumn]
      return { place, values: item, ...(typeof architecture === 'string' && { architecture }) }
    })
  }
  if (!isRecord(parsed)) throw notAnObject(file, parsed)
  return Object.entries(parsed).map(([architecture, value]) => {
    const place = `${file}, line ${String(lineOf(architecture))}`
    if (typeof value === 'number') return { place, architecture, values: {}, only: value }
    if (!isRecord(value)) throw notAnObject(place, value)
    return { place, architecture, values: value }
  })
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new Failure('malformed-results', { place: file, reason: `it is no JSON (${error.message})` })
  }
}

/** Line of a key, from 1; keys are asked for in the order in which they stand. */
function lines(text: string): (key: string) => number {
  let [at, line] = [0, 1]
  return (key) => {
    const found = text.indexOf(JSON.stringify(key), at)
    if (found < 0) return line
    for (; at < found; at++) if (text[at] === '\n') line++
    return line
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function notAnObject(place: string, found: unknown): Failure {
  const text = JSON.stringify(found).slice(0, 40)
  return new Failure('malformed-results', {
    place,
    reason: `${text} stands where results by name of a column are expected`,
  })
}
