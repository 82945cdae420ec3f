import { Failure } from '../../catalogue/failure.js'
import { commonOptions } from '../arguments/common-options.js'
import { readShare } from '../arguments/share.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import type { ValuesOf } from '../arguments/option.js'
import { defineCommand } from '../command.js'
import { readResults } from '../operands/results-table.js'
import { exitCode } from '../exit-code.js'
import { interruptedCode } from '../interruption.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printJson } from '../output/print-failure.js'
import { printRanking } from '../output/print-ranking.js'
import { withProgress } from '../progress/with-progress.js'

const { seed, backend, threads, json, quiet } = commonOptions

const options = {
  trained: {
    kind: 'list',
    value: 'RUN|DIR',
    describe: 'A run that trained architectures from scratch, or a folder of such; may be repeated',
  },
  table: { kind: 'text', value: 'FILE.csv', describe: 'Results of architectures, one a line; or JSON' },
  column: { kind: 'text', value: 'NAME', describe: 'The column of the results; accuracy without this' },
  better: { kind: 'choice', options: ['higher', 'lower'], describe: 'Which result is better; higher without this' },
  program: {
    kind: 'text',
    value: 'FILE',
    describe: 'The program of the space, for architectures of the table that do not import it',
  },
  score: {
    kind: 'integer',
    value: 'N',
    least: 1,
    describe: 'Draw so many architectures and score them: of the table, or of the space without one',
  },
  by: {
    kind: 'choice',
    options: ['accuracy', 'loss'],
    describe: 'What the supernet is asked for; accuracy without this',
  },
  resamples: { kind: 'integer', value: 'N', least: 1, describe: 'Bootstrap resamples; 1000 without this' },
  confidence: { kind: 'text', value: 'SHARE', describe: 'Of the intervals; 95% without this' },
  out: { kind: 'text', value: 'DIR|FILE', describe: 'Where a scatter plot (SVG) is written' },
  seed,
  backend,
  threads,
  json,
  quiet,
} as const

export const command = defineCommand({
  operands: { text: 'RUN', least: 1, most: 1 },
  describe:
    "How well the supernet of a run orders architectures: Kendall's tau-b and Spearman's rho, with bootstrap intervals, between\n" +
    'its scores (inherited weights, batch norms calibrated, on held-out training images: those of `validate`, or else those that\n' +
    'train the choices) and what the same architectures come to: trained from scratch (--trained), in a table (--table), or\n' +
    'retrained by the run itself. Scores are kept in the run directory, also when this is stopped: the same command goes on.\n' +
    'The table names an architecture in its column `architecture` (a name, a .nas file or its text, a genotype or a digit for\n' +
    'each choice, as benchmarks write it) or by a column for each decision; or it is JSON, as `score table` reads it.\n' +
    '--score alone writes the architectures that it draws into the folder `scored` of the run, for `nasc train`.',
  options,
  examples: [
    ['rank runs/spos-1 --score 20', 'draws 20 architectures, scores them and writes them down: runs/spos-1/scored'],
    ['rank runs/spos-1 --trained runs/alone', 'compares with the runs of `nasc train` in the folder runs/alone'],
    ['rank runs/first_order-1 --table nas-bench-201.csv --score 100', 'a hundred architectures of a benchmark'],
    [
      'rank runs/spos-1 --table times.csv --column seconds --better lower --by loss --out .',
      'other numbers, and a plot',
    ],
  ],
  async run([run = ''], values, terminal) {
    refuseMisplaced(values)
    const { table, column = 'accuracy', program, trained, out, confidence: share, ...rest } = values
    const { by, better, score, resamples, seed, backend, threads } = rest
    const confidence = share === undefined ? undefined : readShare('confidence', share)
    const results =
      table === undefined ? undefined : await readResults({ file: table, column, program, json: values.json }, terminal)
    if (table !== undefined && results === undefined) return exitCode.findings
    const runtime = await import('../../runtime/index.js')
    const outcome = await withProgress(terminal, values.quiet, (watching) =>
      runtime.rank(run, {
        ...withoutUndefined({ results, by, better, score, resamples, confidence, seed, backend, threads }),
        trained,
        ...watching,
      }),
    )
    if (outcome.kind === 'interrupted') {
      const { scored, of } = outcome
      if (values.json) printJson({ run: outcome.run, interrupted: { scored, of } }, terminal)
      terminal.err(`Stopped after ${scored} of ${of} scores, which are kept: the same command goes on.\n`)
      return interruptedCode(terminal.interruption)
    }
    const { result } = outcome
    const file = out !== undefined && result.n > 0 ? outputPath(out, 'rank.svg') : undefined
    if (file !== undefined) await writeOut(file, await runtime.drawRanking(result), terminal)
    if (values.json) printJson({ ...result, ...(file !== undefined && { file }) }, terminal)
    else printRanking(result, file, terminal)
    return exitCode.fine
  },
})

function refuseMisplaced({ trained, table, column, better, program }: ValuesOf<typeof options>): void {
  if (trained.length > 0 && table !== undefined) {
    throw new Failure('options-exclude', { first: '--trained', second: '--table' })
  }
  const ofTable = Object.entries({ column, better, program }).find(([, value]) => value !== undefined)
  if (table === undefined && ofTable !== undefined) {
    throw new Failure('option-missing', {
      what: `--${ofTable[0]} says how a table is read`,
      options: '--table FILE.csv',
    })
  }
}
