import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { progressFor } from '../progress/progress.js'
import { printOutcome } from '../output/print-outcome.js'

const { backend, threads, json, quiet } = commonOptions

export const command = defineCommand({
  operands: { text: 'RUN', least: 1, most: 1 },
  describe:
    'Continues an interrupted or killed run from its last checkpoint, to the same result as if it had not stopped.',
  options: { backend, threads, json, quiet },
  examples: [['resume runs/first_order-1', 'goes on where the run stopped']],
  async run([run = ''], values, terminal) {
    const runtime = await import('../../runtime/index.js')
    const progress = progressFor(terminal, values.quiet)
    try {
      const outcome = await runtime.resume(run, {
        ...withoutUndefined({ backend: values.backend, threads: values.threads }),
        observe: (event) => progress.observe(event),
        signal: terminal.interruption.signal,
        heeds: (heeds) => (heeds ? terminal.interruption.hold() : terminal.interruption.release()),
      })
      progress.stop()
      return printOutcome(outcome, values.json, terminal)
    } finally {
      progress.stop()
    }
  },
})
