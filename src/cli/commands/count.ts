import pc from 'picocolors'
import {
  costHistogram,
  countArchitectures,
  countDistinct,
  findContradiction,
  type Count,
  type DistinctCount,
  type Histogram,
  type QuantityName,
} from '../../analysis/index.js'
import { conventionOf, defaultConvention } from '../../space/cost/index.js'
import { decisionsOf } from '../../analysis/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { fileOrRun, openProgram, wholeSpace } from '../operands/open-program.js'
import { constraintTexts } from '../operands/constraints.js'
import { exitCode } from '../exit-code.js'
import { groupChoices } from '../explain/choices.js'
import { howMany, magnitude } from '../explain/words.js'
import { formatCount } from '../../support/format-quantity.js'
import { printJson } from '../output/print-failure.js'
import { quantityOption } from '../arguments/quantity-option.js'
import type { Terminal } from '../terminal.js'

const { space, set, convention, budget, json } = commonOptions

export const command = defineCommand({
  operands: fileOrRun,
  describe:
    'How many architectures a space holds, exactly, under all of its constraints; how many selections each decision has by\n' +
    'itself; with --by how many architectures have which cost. Nothing is enumerated. Exit code 1 if there is none.\n' +
    'Of a run directory, RUN: the space that it searches, under its params.',
  options: {
    by: { ...quantityOption, describe: 'Also a histogram of this cost' },
    convention,
    space,
    set,
    budget,
    json,
  },
  examples: [
    ['count spaces/darts.nas', 'all pairs of cells'],
    ['count runs/first_order-1', 'what a run chose from, under the params of its scale and its --set'],
    ['count spaces/attentivenas.nas --by macs', 'and how they spread over multiply-accumulates'],
    [
      'count spaces/darts.nas --json',
      'architectures as a decimal string, distinct or null with distinctUnknownBecause, perDecision',
    ],
    [
      'count spaces/ofa-mobilenetv3.nas --by macs --json',
      'histogram: buckets, bucketWidth, and blur: how far a cost may lie above the bucket in which it is counted',
    ],
  ],
  async run([file = ''], values, terminal) {
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const program = await openProgram(file, values.json, terminal, analysisBudget(values.budget, terminal))
    if (program === undefined) return exitCode.findings
    const { ir } = program
    const { space, params } = wholeSpace(program, values, terminal)
    const count = countArchitectures(ir, space, { params })
    const distinct = countDistinct(ir, space, { params })
    const constraints = constraintTexts(ir, space)
    const none = count.atMost === 0n
    const conflict = none ? (findContradiction(ir, space, { params })?.constraints ?? []).map(({ text }) => text) : []
    const histogram =
      values.by === undefined || none ? undefined : costHistogram(ir, space, { params, convention }, values.by)
    if (values.json) {
      const perDecision = Object.entries(count.perDecision).map(
        ([path, selections]) => [path, selections.toString()] as const,
      )
      printJson(
        {
          space,
          architectures: count.architectures.toString(),
          ...(count.atMost === count.architectures ? {} : { atMost: count.atMost.toString() }),
          ...(count.isUnproved ? { isUnproved: true } : {}),
          distinct: 'count' in distinct ? distinct.count.toString() : null,
          ...('count' in distinct ? {} : { distinctUnknownBecause: distinct.unknownBecause }),
          perDecision: Object.fromEntries(perDecision),
          constraints,
          ...(none ? { contradiction: conflict } : {}),
          ...(histogram ? { histogram: { ...histogram, convention, buckets: histogram.buckets.map(exact) } } : {}),
        },
        terminal,
      )
    } else {
      const groups = groupChoices(decisionsOf(ir, space, { params }))
      printCount(space, count, constraints, conflict, terminal)
      printDistinct(distinct, count, terminal)
      const colours = pc.createColors(terminal.outColour)
      if (groups.length > 0) terminal.out(`\n${colours.bold('Decisions')}\n`)
      for (const { paths, count: times, options, arity } of groups) {
        const selections = count.perDecision[paths.split(' … ')[0] ?? ''] ?? 0n
        const each = arity ? `${formatCount(selections)} (${howMany(arity, options.length)})` : String(selections)
        terminal.out(`  ${paths}: ${each}${times === 1 ? '' : `, ${times} times`}\n`)
      }
      if (histogram && values.by !== undefined) printHistogram(histogram, values.by, convention, terminal)
    }
    return none ? exitCode.findings : exitCode.fine
  },
})

function exact({ from, count }: Histogram['buckets'][number]): { readonly from: number; readonly count: string } {
  return { from, count: count.toString() }
}

function printDistinct(distinct: DistinctCount, { architectures }: Count, terminal: Terminal): void {
  if (!('count' in distinct)) terminal.out(`  distinct networks are not counted: ${distinct.unknownBecause}\n`)
  else if (distinct.count === architectures) terminal.out('  all of them distinct networks\n')
  else if (architectures > 0n)
    terminal.out(`  ${formatCount(distinct.count)} distinct networks: identities contracted, sums in any order\n`)
}

function printCount(
  space: string,
  { architectures, atMost, isUnproved }: Count,
  constraints: readonly string[],
  conflict: readonly string[],
  terminal: Terminal,
): void {
  const colours = pc.createColors(terminal.outColour)
  const number = formatCount(architectures)
  const about = magnitude(architectures)
  const sure = atMost === architectures ? '' : `, and at most ${formatCount(atMost)} (costs in buckets)`
  terminal.out(
    `${colours.bold(`${space}: ${number}`)} architecture${architectures === 1n ? '' : 's'}${about === undefined ? '' : ` (${about})`}${sure}\n`,
  )
  if (isUnproved) terminal.out('  that each of them can be built is not proved: too many would have to be tried\n')
  for (const constraint of constraints) terminal.out(`  under: ${constraint}\n`)
  if (architectures > 0n || atMost > 0n) return
  terminal.out(
    conflict.length === 0
      ? '  No combination of options fits together.\n'
      : `  ${conflict.length === 1 ? 'This cannot hold' : 'These cannot hold together'}: ${conflict.join('; ')}\n`,
  )
}

function printHistogram(histogram: Histogram, by: QuantityName, convention: string, terminal: Terminal): void {
  const colours = pc.createColors(terminal.outColour)
  const { bucketWidth, buckets } = coarser(histogram)
  const most = buckets.reduce((largest, { count }) => (count > largest ? count : largest), 1n)
  const rows = buckets.map(({ from, count }) => ({
    from: formatCount(from),
    count: formatCount(count),
    bar: '█'.repeat(Number((count * 40n) / most)) || '▏',
  }))
  const left = Math.max(...rows.map(({ from }) => from.length))
  const right = Math.max(...rows.map(({ count }) => count.length))
  const width = bucketWidth === 1 ? 'one line for each cost' : `in buckets of ${formatCount(bucketWidth)}`
  terminal.out(`\n${colours.bold(by)} (${convention}), ${width}${blurText(histogram)}\n`)
  for (const { from, count, bar } of rows) {
    terminal.out(`  ${from.padStart(left)}  ${count.padStart(right)}  ${colours.cyan(bar)}\n`)
  }
}

function blurText({ blur, bucketWidth }: Histogram): string {
  if (blur > 0) return `; sums are kept coarsely: a cost may lie up to ${formatCount(blur)} above its bucket`
  return bucketWidth === 1 ? '' : '; each architecture in the bucket of its cost'
}

/** More lines than this are no picture any more. */
const mostLines = 50

/** Few enough buckets for a screen, of a round width. */
function coarser(histogram: Histogram): Pick<Histogram, 'bucketWidth' | 'buckets'> {
  const { buckets } = histogram
  const [first] = buckets
  const last = buckets.at(-1)
  if (!first || !last || buckets.length <= mostLines) return histogram
  const wanted = (last.from - first.from) / mostLines
  const power = 10 ** Math.floor(Math.log10(wanted))
  const round = [1, 2, 5, 10].map((factor) => factor * power).find((width) => width >= wanted) ?? wanted
  // Buckets stay whole.
  const bucketWidth = Math.ceil(round / histogram.bucketWidth) * histogram.bucketWidth
  const sums = new Map<number, bigint>()
  for (const { from, count } of buckets) {
    const start = Math.floor(from / bucketWidth) * bucketWidth
    sums.set(start, (sums.get(start) ?? 0n) + count)
  }
  return { bucketWidth, buckets: [...sums].map(([from, count]) => ({ from, count })) }
}
