import type { PredictResult } from '../../runtime/index.js'
import { formatPercent, plural } from '../../support/format-quantity.js'
import { commonOptions } from '../arguments/common-options.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { askedNetwork, weightsNames, weightsOption } from '../operands/asked-network.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const { arch, backend, threads, data, json } = commonOptions

export const command = defineCommand({
  operands: { text: 'RUN|FILE IMAGE…', least: 2, most: Number.POSITIVE_INFINITY },
  describe:
    'Classifies images (PNG, JPEG, WebP) with a network of a run. RUN is a run directory; FILE is an architecture in its folder\n' +
    '`architectures`. IMAGE is a file, or a folder with images in it or in the folders below. They are brought to the size and the\n' +
    'channels of the data of the run, and normalised as these were. Without --arch and --weights: the retrained network, or the\n' +
    'derived one with inherited weights if the run has not come to retraining.',
  options: {
    arch,
    weights: weightsOption,
    top: { kind: 'integer', value: 'K', least: 1, describe: 'The likeliest K classes of each image; 5 without this' },
    data: { ...data, describe: 'Where the data of the run lie now, or others of the same shape and classes' },
    'skip-corrupt': commonOptions['skip-corrupt'],
    backend,
    threads,
    json,
  },
  examples: [
    ['predict runs/first_order-1 seven.png', 'the likeliest classes of an image'],
    ['predict runs/first_order-1 scans --top 1 --json', 'of all images of a folder, for programs'],
    ['predict runs/first_order-1 seven.png --weights supernet', 'what the supernet itself makes of it'],
    ['predict runs/first_order-1 a.jpg b.webp --arch DARTS_V2', 'a published architecture with inherited weights'],
  ],
  async run([target = '', ...images], values, terminal) {
    const runtime = await import('../../runtime/index.js')
    const asked = await askedNetwork(target, values, terminal)
    if (asked === undefined) return exitCode.findings
    const { run, ...network } = asked
    const { top, backend, threads, data } = values
    const skipCorrupt = values['skip-corrupt'] ? true : undefined
    const options = withoutUndefined({ top, data, skipCorrupt, backend, threads })
    const result = await runtime.predict(run, images, { ...network, ...options })
    if (values.json) printJson(result, terminal)
    else printPredictions(result, terminal)
    return exitCode.fine
  },
})

/** A line for each image. */
function printPredictions({ images, leftOut, architecture, weights }: PredictResult, terminal: Terminal): void {
  for (const { path, classes } of images) {
    const told = classes.map(({ label, name, probability }) => `${name ?? label} ${formatPercent(probability)}`)
    terminal.out(`${path}: ${told.join(', ')}\n`)
  }
  for (const { path, reason } of leftOut) terminal.err(`left out: ${path} (${reason})\n`)
  const network = architecture === undefined ? '' : `${architecture}, `
  terminal.err(`${plural(images.length, 'image')} by ${network}${weightsNames[weights]}\n`)
}
