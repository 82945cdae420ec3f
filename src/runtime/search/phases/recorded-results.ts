import {
  architectureOfGenotype,
  cellsOf,
  readGenotypes,
  type SpaceCell,
} from '../../../architectures/genotype/index.js'
import { decisionsOfCells } from '../../../architectures/index.js'
import { cellsIn, parseResults, resultIn, type ResultRow } from '../../../architectures/results/results-file.js'
import { Failure } from '../../../catalogue/failure.js'
import { lazy } from '../../../support/lazy.js'
import type { TextFiles } from '../../../support/text-files.js'
import { keyOf } from '../components/derivations/distinct.js'
import type { SelectedOptions } from '../components/derivations/derivation.js'
import { readNamed } from '../components/named-file.js'
import type { RecordedScore } from '../components/scores/score.js'
import type { ResolvedSearch } from '../step/resolved-search.js'

/**
 * What a table of results says of architectures.
 *
 * @returns the result of an architecture
 * @throws Failure NAS7602 where there is no such file, NAS7625 where it cannot be read, NAS7603 to NAS7605 where it is none of
 *         results or of another space; (what is returned) NAS7606 on an architecture that it does not have
 */
export function openRecordedResults(
  search: ResolvedSearch,
  score: RecordedScore,
  files: TextFiles,
): (selected: SelectedOptions) => number {
  const file = score.file.text
  const text = readNamed(files, file)
  if (text === undefined) throw new Failure('no-results-file', { file })
  const cells = lazy(() => cellsOf(search.ir, search.plan.space, search.params))
  const results = new Map<string, number>()
  for (const row of parseResults(text, file)) {
    const selected = selectionsOf(row, search, cells)
    results.set(keyOf(selected), resultIn(row, score.column))
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

function selectionsOf(row: ResultRow, search: ResolvedSearch, cells: () => readonly SpaceCell[]): SelectedOptions {
  const { place, architecture } = row
  if (architecture === undefined) return decisionsOfCells(cellsIn(row), place, search.decisions)
  const found = publishedArchitecture(architecture, place, search, cells)
  if (found !== undefined) return found
  const expected = 'a digit for every choice, `|nor_conv_3x3~0|+|…|` or `Genotype(…)`'
  const { space } = search.plan
  throw new Failure('result-of-no-architecture', { place, architecture, space, expected })
}

/**
 * What an architecture takes that is written as benchmarks do: by a genotype, or by one digit for each decision. Undefined: it is
 * written otherwise.
 *
 * @throws Failure NAS7605 where it has other digits, as `architectureOfGenotype` where it is of another space
 */
export function publishedArchitecture(
  architecture: string,
  place: string,
  { decisions, plan: { space } }: ResolvedSearch,
  cells: () => readonly SpaceCell[],
): SelectedOptions | undefined {
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
  if (!/~\d|Genotype\s*\(/u.test(architecture)) return undefined
  const source = { file: place, text: architecture }
  const [genotype] = readGenotypes(source)
  if (genotype === undefined) throw new Error('a text with genotypes has one')
  return architectureOfGenotype(source, genotype, { space, cells: cells(), operations: new Map() }).decisions
}
