import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { withProgress } from '../progress/with-progress.js'
import { printOutcome } from '../output/print-outcome.js'
import { printSeries } from '../output/print-series.js'

const { backend, threads, json, quiet } = commonOptions

export const command = defineCommand({
  operands: { text: 'RUN', least: 1, most: 1 },
  describe:
    'Continues an interrupted or killed run from its last checkpoint, to the same result as if it had not stopped; of the runs of\n' +
    'several seeds, those that have not ended.',
  options: { backend, threads, json, quiet },
  examples: [
    ['resume runs/first_order-1', 'goes on where the run stopped'],
    ['resume runs/three', 'what `nasc run FILE --seeds 3 --out runs/three` began: all of its seeds'],
  ],
  async run([run = ''], values, terminal) {
    const runtime = await import('../../runtime/index.js')
    const options = withoutUndefined({ backend: values.backend, threads: values.threads })
    if (runtime.isSeries(run)) {
      const outcome = await withProgress(terminal, values.quiet, (watching) =>
        runtime.resumeSeeds(run, { ...options, ...watching }),
      )
      return printSeries(outcome, runtime.tabulateSeries, values.json, terminal)
    }
    const outcome = await withProgress(terminal, values.quiet, (watching) =>
      runtime.resume(run, { ...options, ...watching }),
    )
    return printOutcome(outcome, values.json, terminal)
  },
})
