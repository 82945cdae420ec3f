import { Failure } from '../../catalogue/failure.js'
import { existsSync } from 'node:fs'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatPercent, plural } from '../../support/format-quantity.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { decisionsIn, runTarget, type RunTarget } from '../operands/run-target.js'
import { printJson } from '../output/print-failure.js'

const { arch, backend, threads, data, json } = commonOptions

export const command = defineCommand({
  operands: { text: 'RUN|FILE', least: 1, most: 1 },
  describe:
    'Accuracy on the test images. RUN is a run directory; FILE is an architecture in its folder `architectures`.\n' +
    'Without --arch and --weights: the retrained network, or the derived one with inherited weights if the run has not\n' +
    'come to retraining.',
  options: {
    arch,
    weights: {
      kind: 'choice',
      options: ['retrained', 'inherited', 'supernet'],
      describe:
        'The network trained from scratch, an architecture with the weights of the supernet, or the supernet itself',
    },
    data,
    'skip-corrupt': commonOptions['skip-corrupt'],
    backend,
    threads,
    json,
  },
  examples: [
    ['eval runs/first_order-1', 'the accuracy that the run ended with, computed again'],
    ['eval runs/first_order-1 --weights inherited', 'the derived network with the weights of the supernet'],
    ['eval runs/first_order-1 --weights supernet', 'the supernet, all of its choices as the search left them'],
    ['eval runs/first_order-1 --arch DARTS_V2', 'a published architecture with the weights of this supernet'],
  ],
  async run([target = ''], values, terminal) {
    const runtime = await import('../../runtime/index.js')
    const { weights, backend, threads, data } = values
    const skipCorrupt = values['skip-corrupt'] ? true : undefined
    const place = targetOf(target)
    if (place.name !== undefined && values.arch !== undefined) {
      throw new Failure('options-exclude', { first: 'FILE', second: '--arch' })
    }
    const asked = place.name ?? values.arch
    if (weights === 'supernet' && asked !== undefined) {
      throw new Failure('options-exclude', {
        first: place.name === undefined ? '--arch' : 'FILE',
        second: '--weights supernet',
      })
    }
    const architecture = asked?.endsWith('.nas') ? await decisionsIn(asked, values.json, terminal) : asked
    if (asked !== undefined && architecture === undefined) return exitCode.findings
    const result = await runtime.evaluate(
      place.run,
      withoutUndefined({ weights, architecture, data, skipCorrupt, backend, threads }),
    )
    if (values.json) printJson(result, terminal)
    else {
      terminal.out(
        `${formatPercent(result.accuracy)} of ${plural(result.samples, 'test image')}, loss ${result.loss.toFixed(4)}, ` +
          `${names[result.weights]}, ${plural(result.parameters, 'parameter')}\n`,
      )
    }
    return exitCode.fine
  },
})

const names = {
  retrained: 'retrained weights',
  inherited: 'inherited weights',
  supernet: 'the supernet itself',
} as const

/** An architecture by its file is one of a run. */
function targetOf(target: string): RunTarget {
  const found = runTarget(target)
  if (found === undefined && target.endsWith('.nas') && existsSync(target)) {
    throw new Failure('architecture-outside-run', { file: target })
  }
  return found ?? { run: target }
}
