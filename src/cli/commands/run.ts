import { baselineOption, readBaseline } from '../arguments/baseline.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand, oneFile } from '../command.js'
import { exitCode } from '../exit-code.js'
import { loadIr } from '../operands/load-ir.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { withProgress } from '../progress/with-progress.js'
import { printOutcome } from '../output/print-outcome.js'
import { printSeries } from '../output/print-series.js'
import { readSettings } from '../arguments/param-settings.js'

const { search, space, scale, set, seed, backend, threads, data, out, json, quiet } = commonOptions

const seeds = {
  kind: 'integer',
  value: 'N',
  least: 1,
  describe: 'As many runs, with seeds from --seed on, each in a folder of its own, and one report of means and spreads',
} as const

export const command = defineCommand({
  operands: oneFile,
  describe:
    'Searches the space, derives an architecture and retrains it from scratch. Everything is kept in a run directory.\n' +
    'Ctrl-C stops after the step under way and saves a checkpoint; outside of training, and where a step takes longer than half\n' +
    'a second, it ends the run at once. `nasc resume` goes on to the same result, after a kill too.',
  options: {
    search,
    space,
    scale,
    set,
    seed,
    seeds,
    baseline: baselineOption,
    backend,
    threads,
    data,
    'skip-corrupt': commonOptions['skip-corrupt'],
    out,
    json,
    quiet,
  },
  examples: [
    ['run spaces/darts.nas --scale quick', 'minutes on two cores, on the MNIST images that come with nasc'],
    ['run spaces/darts.nas --scale quick --seed 3 --out runs/three', 'another seed, in a folder of your choice'],
    [
      'run spaces/darts.nas --scale quick --seeds 3 --out runs/three',
      'seeds 0, 1 and 2: means and standard deviations',
    ],
    [
      'run spaces/darts.nas --scale quick --baseline random',
      'how much better than five random architectures of its cost what is found is',
    ],
    ['run spaces/darts.nas --scale paper --data ~/cifar-10-batches-bin', "the paper's own setting on your CIFAR-10"],
    ['run spaces/darts.nas --scale quick --data ~/photos', 'your own images, in a folder for each class'],
    ['run darts.ir.json --scale quick --set epochs=4 --json', 'from a compiled file; the result as JSON'],
  ],
  async run([file = ''], values, terminal) {
    const baseline = values.baseline === undefined ? undefined : readBaseline(values.baseline)
    const ir = await loadIr(file, values.json, terminal)
    if (ir === undefined) return exitCode.findings
    const runtime = await import('../../runtime/index.js')
    const { search, space, scale, seed, seeds, backend, threads, data, out } = values
    const options = {
      ...withoutUndefined({ search, space, scale, seed, baseline, backend, threads, data, out }),
      skipCorrupt: values['skip-corrupt'],
      set: readSettings(values.set),
    }
    if (seeds !== undefined) {
      const outcome = await withProgress(terminal, values.quiet, (watching) =>
        runtime.runSeeds(ir, { ...options, seeds, ...watching }),
      )
      return printSeries(outcome, runtime.tabulateSeries, values.json, terminal)
    }
    const outcome = await withProgress(terminal, values.quiet, (watching) =>
      runtime.run(ir, { ...options, ...watching }),
    )
    return printOutcome(outcome, values.json, terminal)
  },
})
