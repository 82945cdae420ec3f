import { dirname, join } from 'node:path'
import { decisionsOf } from '../../analysis/index.js'
import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { cellsIn, parseResults, resultIn, type ResultRow } from '../../architectures/results/results-file.js'
import { Failure } from '../../catalogue/failure.js'
import type { SourceText } from '../../compiler/text/source.js'
import type { KnownResult, NamedArchitecture } from '../../runtime/index.js'
import type { Terminal } from '../terminal.js'
import { architectureIn, missingSpaces } from './load-architecture.js'
import { readText } from './load-ir.js'

export interface TableRequest {
  /** CSV with names of columns in its first line, or JSON, as `score table` reads them. */
  readonly file: string
  /** The column of the results. */
  readonly column: string
  /** The program whose space is meant by architectures in files or texts that do not import it. */
  readonly program: string | undefined
  readonly json: boolean
}

/**
 * Reads what a table says of architectures. Nothing where one of them has errors, which are printed.
 *
 * @throws Failure NAS7585 and NAS7603 if it is no table, NAS7604 if it lacks the column; NAS8014 where an architecture says nothing of its space
 */
export async function readResults(
  request: TableRequest,
  terminal: Terminal,
): Promise<readonly KnownResult[] | undefined> {
  const { file, column } = request
  const results: KnownResult[] = []
  for (const row of parseResults(readText(file), file)) {
    const of = await architectureOfRow(row, request, terminal)
    if (of === undefined) return undefined
    results.push({ place: row.place, of, value: resultIn(row, column) })
  }
  return results
}

async function architectureOfRow(
  row: ResultRow,
  { file, program, json }: TableRequest,
  terminal: Terminal,
): Promise<NamedArchitecture | undefined> {
  const { place, architecture } = row
  if (architecture === undefined) return { kind: 'decisions', cells: cellsIn(row) }
  if (architecture.includes('{')) return written({ path: place, text: architecture }, program, json, terminal)
  if (!architecture.endsWith('.nas')) return { kind: 'name', name: architecture }
  const path = join(dirname(file), architecture)
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
