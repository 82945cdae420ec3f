import Table from 'cli-table3'
import pc from 'picocolors'
import type { RankResult } from '../../runtime/index.js'
import { formatPercent, plural } from '../../support/format-quantity.js'
import type { Terminal } from '../terminal.js'

type Ranked = RankResult['architectures'][number]

/** Both numbers of each architecture, and how well their orders agree. */
export function printRanking(result: RankResult, file: string | undefined, terminal: Terminal): void {
  const { architectures, leftOut, reference, n } = result
  const colours = pc.createColors(terminal.outColour)
  const table = new Table({
    head: ['', 'architecture', 'supernet', ...(reference === null ? [] : [resultHead(result)])],
    colAligns: ['right', 'left', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  architectures.forEach((each, index) => {
    const score = result.by === 'accuracy' ? formatPercent(each.accuracy) : each.loss.toFixed(4)
    table.push([index + 1, nameOf(each), score, ...(reference === null ? [] : [resultOf(each, result)])])
  })
  terminal.out(`${table.toString()}\n`)
  const rows: readonly (readonly [string, string])[] = [
    ...(reference === null
      ? []
      : ([
          ["Kendall's tau", correlationText(result.kendallTau, result.kendallInterval, result)],
          ["Spearman's rho", correlationText(result.spearman, result.spearmanInterval, result)],
          ['compared', plural(n, 'architecture')],
        ] as const)),
    ['scored on', plural(result.samples, `${result.images} image`)],
    ...(file === undefined ? [] : [['plot', file] as const]),
  ]
  for (const [name, value] of rows) terminal.out(`${colours.dim(name.padEnd(16))}${value}\n`)
  printLeftOut(leftOut, terminal)
  if (reference === null) terminal.err('Nothing to compare with yet: see --trained and --table.\n')
}

function resultHead({ reference }: RankResult): string {
  return reference === 'results' ? 'result' : 'from scratch'
}

function resultOf({ result, results }: Ranked, { reference }: RankResult): string {
  if (result === null) return '-'
  const value = reference === 'results' ? String(Number(result.toPrecision(6))) : formatPercent(result)
  return results > 1 ? `${value} (mean of ${results})` : value
}

/** Its name, or what it takes, as far as there is room. */
function nameOf({ name, decisions }: Ranked): string {
  const text =
    name === ''
      ? Object.entries(decisions)
          .map(([path, options]) => `${path} ${options.join('; ')}`)
          .join(', ')
      : name
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`
}

const most = 60

function correlationText(
  value: number | null,
  interval: readonly [number, number] | null,
  { confidence }: RankResult,
): string {
  if (value === null) return 'none: all of one side are equal'
  if (interval === null) return value.toFixed(3)
  const [low, high] = interval
  const share = Number((100 * confidence).toFixed(2))
  return `${value.toFixed(3)} (${share}% interval ${low.toFixed(3)} to ${high.toFixed(3)})`
}

const mostLeftOut = 5

function printLeftOut(leftOut: RankResult['leftOut'], terminal: Terminal): void {
  if (leftOut.length === 0) return
  terminal.err(`Left out: ${plural(leftOut.length, 'entry', 'entries')}.\n`)
  for (const { what, reason } of leftOut.slice(0, mostLeftOut)) {
    terminal.err(`  ${reason.startsWith(what) ? reason : `${what}: ${reason}`}\n`)
  }
  if (leftOut.length > mostLeftOut) terminal.err(`  and ${leftOut.length - mostLeftOut} more\n`)
}
