import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { commonOptions } from '../common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { percent, plural } from '../format.js'
import { given } from '../given.js'
import { printJson } from '../print-failure.js'
import { wrongUse } from '../wrong-use.js'

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
      options: ['retrained', 'inherited'],
      describe: 'The network trained from scratch, or the weights of the supernet',
    },
    data,
    backend,
    threads,
    json,
  },
  examples: [
    ['eval runs/first_order-1', 'the accuracy that the run ended with, computed again'],
    ['eval runs/first_order-1 --weights inherited', 'the derived network with the weights of the supernet'],
    ['eval runs/first_order-1 --arch DARTS_V2', 'a published architecture with the weights of this supernet'],
  ],
  async run([target = ''], values, terminal) {
    const runtime = await import('../../runtime/index.js')
    const { weights, backend, threads, data } = values
    const place = placeOf(target)
    if (place.file !== undefined && values.arch !== undefined) throw wrongUse.together('FILE', '--arch')
    const architecture = place.file ?? (values.arch === undefined ? undefined : textOrName(values.arch))
    const result = await runtime.evaluate(place.run, given({ weights, architecture, data, backend, threads }))
    if (values.json) printJson(result, terminal)
    else {
      terminal.out(
        `${percent(result.accuracy)} of ${plural(result.samples, 'test image')}, loss ${result.loss.toFixed(4)}, ` +
          `${result.weights} weights, ${plural(result.parameters, 'parameter')}\n`,
      )
    }
    return exitCode.fine
  },
})

/** A run directory, or an architecture inside of one. */
function placeOf(target: string): { readonly run: string; readonly file?: string } {
  if (!target.endsWith('.nas') || !existsSync(target)) return { run: target }
  const folder = dirname(target)
  if (basename(folder) !== 'architectures') {
    throw wrongUse.missing(
      `${target} is not in the folder 'architectures' of a run, so nothing says whose weights it takes.`,
      'Write `nasc eval RUN --arch FILE`.',
    )
  }
  return { run: dirname(folder), file: readFileSync(target, 'utf8') }
}

function textOrName(arch: string): string {
  return existsSync(arch) && statSync(arch).isFile() ? readFileSync(arch, 'utf8') : arch
}
