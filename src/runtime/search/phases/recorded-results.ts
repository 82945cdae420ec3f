import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import {
  architectureOfGenotype,
  cellsOf,
  readGenotypes,
  type SpaceCell,
} from '../../../architectures/genotype/index.js'
import { decisionsOfCells } from '../../../architectures/index.js'
import { Failure } from '../../../catalogue/failure.js'
import { lazy } from '../../../support/lazy.js'
import { keyOf } from '../components/derivations/distinct.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import type { RecordedScore } from '../components/scores/score.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { readResultsFile, type ResultRow } from './results-file.js'

/** The column that names architectures; without it there is one for each decision. */
const architectureColumn = 'architecture'

/**
 * What a table of results says of architectures.
 *
 * @returns the result of an architecture
 * @throws Failure NAS7602 where there is no such file, NAS7603 to NAS7605 where it is none of results or of another space; (what is
 *         returned) NAS7606 on an architecture that it does not have
 */
export function openRecordedResults(
  search: ResolvedSearch,
  score: RecordedScore,
): (selected: SelectedOptions) => number {
  const file = placeOf(search.ir.source, score.file)
  const cells = lazy(() => cellsOf(search.ir, search.plan.space, search.params))
  const results = new Map<string, number>()
  for (const row of readResultsFile(file, architectureColumn)) {
    const selected = selectionsOf(row, search, cells)
    results.set(keyOf(selected), valueOf(row, score.column))
  }
  return (selected) => {
    const value = results.get(keyOf(selected))
    if (value !== undefined) return value
    const texts = search.decisions.flatMap(({ path, options }) => {
      const taken = selected[path]?.map((option) => options[option] ?? '')
      return taken === undefined ? [] : [`${path} ${taken.join('; ')}`]
    })
    throw new Failure('no-result', { file, count: results.size, architecture: texts.join(', ') })
  }
}

/** From the folder of the program, or from where the command runs. */
function placeOf(program: string, file: string): string {
  const places = isAbsolute(file) ? [file] : [join(dirname(program), file), file]
  const found = places.find((place) => existsSync(place))
  if (found !== undefined) return found
  throw new Failure('no-results-file', { file, places: [...new Set(places)].join(' and ') })
}

function valueOf({ place, values, only }: ResultRow, column: string): number {
  const found = only ?? values[column]
  if (typeof found === 'number' && Number.isFinite(found)) return found
  const number = typeof found === 'string' ? Number(found.replace(/\s*%$/u, '')) : NaN
  if (typeof found === 'string' && found !== '' && Number.isFinite(number)) return number
  if (found === undefined) {
    const columns = Object.keys(values).filter((name) => name !== architectureColumn)
    throw new Failure('no-result-column', { place, column, columns: columns.join(', ') || 'none' })
  }
  throw new Failure('malformed-results', { place, reason: `${column} is ${JSON.stringify(found)}, and no number` })
}

/** What an architecture takes, by a genotype, by one digit for each decision, or by a column for each. */
function selectionsOf(
  { place, values, architecture }: ResultRow,
  { decisions, plan: { space } }: ResolvedSearch,
  cells: () => readonly SpaceCell[],
): SelectedOptions {
  if (architecture === undefined) {
    const texts = Object.entries(values).map(([name, value]) => [name, String(value)] as const)
    return decisionsOfCells(Object.fromEntries(texts), place, decisions)
  }
  if (/^\d+$/u.test(architecture)) {
    const digits = Array.from(architecture, Number)
    const open = decisions.filter(({ arity }) => arity === undefined)
    const fits = digits.length === decisions.length && open.length === decisions.length
    const isOption = digits.every((digit, i) => digit < (decisions[i]?.options.length ?? 0))
    if (fits && isOption) return Object.fromEntries(decisions.map(({ path }, i) => [path, [digits[i] ?? 0]]))
    const options = [...new Set(decisions.map((decision) => decision.options.length))].join(' or ')
    const expected = `${String(decisions.length)} digits, one for each choice of ${options} options`
    throw new Failure('result-of-no-architecture', { place, architecture, space, expected })
  }
  if (!/~\d|Genotype\s*\(/u.test(architecture)) {
    const expected = 'a digit for every choice, `|nor_conv_3x3~0|+|…|` or `Genotype(…)`'
    throw new Failure('result-of-no-architecture', { place, architecture, space, expected })
  }
  const source = { file: place, text: architecture }
  const [genotype] = readGenotypes(source)
  if (genotype === undefined) throw new Error('a text with genotypes has one')
  return architectureOfGenotype(source, genotype, { space, cells: cells(), operations: new Map() }).decisions
}
