import { CsvError, parse } from 'csv-parse/sync'
import { csvFormatRows } from 'd3-dsv'
import { Failure } from '../catalogue/failure.js'

/** A CSV file: names of columns in its first line, then a row a line. */
export interface CsvTable {
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
}

export interface CsvRow {
  /** Where its line ends. */
  readonly line: number
  readonly cells: ReadonlyMap<string, string>
}

/**
 * @param file for messages
 * @param comment what lines that say nothing begin with; absent: there are none
 * @throws Failure NAS7585 if it is no table
 */
export function parseTable(text: string, file: string, comment?: string): CsvTable {
  const [head, ...rest] = recordsOf(text, file, comment)
  if (head === undefined) throw new Failure('malformed-table', { place: file, reason: 'is empty' })
  const columns = head.record
  const twice = columns.find((name, index) => columns.indexOf(name) < index)
  if (twice !== undefined) throw new Failure('malformed-table', { place: file, reason: `has two columns \`${twice}\`` })
  const rows = rest.map(({ record, info }) => ({
    line: info.lines,
    cells: new Map(columns.map((name, index) => [name, record[index] ?? ''])),
  }))
  return { columns, rows }
}

/** The lines of a table, its names of columns first, as {@link parseTable} reads them. */
export function printTable(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${csvFormatRows([columns, ...rows])}\n`
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

function recordsOf(text: string, file: string, comment?: string): readonly CsvRecord[] {
  try {
    const records = parse(text, {
      ...{ bom: true, info: true, trim: true, skip_empty_lines: true },
      ...(comment !== undefined && { comment, comment_no_infix: true }),
    })
    // With `info` each record has its place beside it, which the types of the package do not say.
    return records as unknown as readonly CsvRecord[]
  } catch (error) {
    if (error instanceof CsvError) throw new Failure('malformed-table', { place: file, reason: error.message })
    throw error
  }
}
