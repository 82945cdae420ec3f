import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatPercent, plural } from '../../support/format-quantity.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { askedNetwork, weightsNames, weightsOption } from '../operands/asked-network.js'
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
    weights: weightsOption,
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
    const asked = await askedNetwork(target, values, terminal)
    if (asked === undefined) return exitCode.findings
    const { run, ...network } = asked
    const { backend, threads, data } = values
    const skipCorrupt = values['skip-corrupt'] ? true : undefined
    const options = withoutUndefined({ data, skipCorrupt, backend, threads })
    const result = await runtime.evaluate(run, { ...network, ...options })
    if (values.json) printJson(result, terminal)
    else {
      terminal.out(
        `${formatPercent(result.accuracy)} of ${plural(result.samples, 'test image')}, loss ${result.loss.toFixed(4)}, ` +
          `${weightsNames[result.weights]}, ${plural(result.parameters, 'parameter')}\n`,
      )
    }
    return exitCode.fine
  },
})
