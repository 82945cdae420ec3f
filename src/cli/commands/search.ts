import { commonOptions } from '../arguments/common-options.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { Failure } from '../../catalogue/failure.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { readDerivation } from '../operands/derivation-clause.js'
import { printOutcome } from '../output/print-outcome.js'
import { withProgress } from '../progress/with-progress.js'

const { seed, backend, threads, out, json, quiet } = commonOptions

export const command = defineCommand({
  operands: { text: 'RUN', least: 1, most: 1 },
  describe:
    'Searches the supernet that a run has trained in another way than the run did: --by is what stands behind `derive` in a\n' +
    'search, a derivation that scores architectures. They are scored within the constraints of the space, on the images of\n' +
    '`validate`, or else on those that trained the choices. All of it is kept in a run directory of its own; `nasc resume`\n' +
    'goes on after Ctrl-C or a kill.',
  options: {
    by: { kind: 'text', value: 'DERIVATION', describe: 'What searches, such as "evolution(population: 50)"' },
    retrain: { kind: 'flag', describe: 'Train what is found from scratch, as the search of the run says' },
    seed,
    backend,
    threads,
    out,
    json,
    quiet,
  },
  examples: [
    ['search runs/spos-1 --by "best(of: 100)"', 'a hundred random architectures: the best of them'],
    [
      'search runs/spos-1 --by "evolution(population: 25, generations: 75, mutants: 1, crossovers: 0, aging: true, tournament: 5)"',
      'regularised evolution, of as many',
    ],
    ['search runs/spos-1 --by "pareto(bins: 10M) by evolution()" --retrain', 'a front over cost, trained from scratch'],
  ],
  async run([run = ''], values, terminal) {
    if (values.by === undefined) {
      throw new Failure('option-missing', {
        what: '`nasc search` does not say what searches',
        options: '--by DERIVATION',
      })
    }
    const by = await readDerivation(values.by, values.json, terminal)
    if (by === undefined) return exitCode.findings
    const runtime = await import('../../runtime/index.js')
    const { retrain, seed, backend, threads, out } = values
    const outcome = await withProgress(terminal, values.quiet, (watching) =>
      runtime.search(run, { by, retrain, ...withoutUndefined({ seed, backend, threads, out }), ...watching }),
    )
    return printOutcome(outcome, values.json, terminal)
  },
})
