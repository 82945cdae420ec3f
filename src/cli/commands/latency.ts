import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { plural } from '../../support/format-quantity.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { commonOptions } from '../arguments/common-options.js'
import type { ValuesOf } from '../arguments/option.js'
import { readSettings } from '../arguments/param-settings.js'
import { readShare } from '../arguments/share.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { defineCommand } from '../command.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { interruptedCode } from '../interruption.js'
import { chooseSpace } from '../operands/choose.js'
import { loadIr } from '../operands/load-ir.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printFit } from '../output/print-fit.js'
import { printJson } from '../output/print-failure.js'
import { withProgress } from '../progress/with-progress.js'
import type { Terminal } from '../terminal.js'

const { search, space, scale, set, seed, backend, threads, data, json, quiet } = commonOptions

const options = {
  measurements: {
    kind: 'text',
    value: 'FILE.csv',
    describe: "Where they are kept; the file of the search's predictor without this",
  },
  count: { kind: 'integer', value: 'N', least: 2, describe: 'sample: how many architectures there are in the end' },
  batch: { kind: 'integer', value: 'N', least: 1, describe: 'sample: images at once; 1 without this' },
  tolerance: {
    kind: 'text',
    value: 'SHARE',
    describe: 'sample: how much slower than at its best the reference network may be; 10% without this',
  },
  out: { kind: 'text', value: 'DIR|FILE', describe: 'show: where the picture (SVG) is written; here without this' },
  data: {
    ...data,
    describe: 'Images of whose size networks are fed, as `nasc run` is given them; as the space says without this',
  },
  search,
  space,
  scale,
  set,
  seed,
  backend,
  threads,
  json,
  quiet,
} as const

type Values = ValuesOf<typeof options>

const actions = { sample, fit, show } as const

export const command = defineCommand({
  operands: { text: 'sample|fit|show FILE', least: 2, most: 2 },
  describe:
    'sample measures random architectures of a space on this machine, in milliseconds of one inference, into a CSV file. A\n' +
    'reference network is measured in between; where it is slow, what is around is measured again. Ctrl-C keeps what there is, and\n' +
    'the same command goes on. fit trains the predictor of the search on such a file, and says how far it is off beside simple\n' +
    'baselines, on architectures that it has not seen; show draws that. A file that you wrote yourself serves as well: a column\n' +
    'for each decision (or `architecture`, the name of one of the program) and the column `value`, whatever it is: joules, bytes,\n' +
    'milliseconds of a phone.',
  options,
  examples: [
    ['latency sample spaces/la-darts.nas --scale quick --data mnist --count 1000', 'goes on where it ended before'],
    ['latency fit spaces/la-darts.nas --scale quick', 'relative error and rank correlation, beside baselines'],
    ['latency show spaces/la-darts.nas --scale quick --out latency.svg', 'predicted beside measured, as a picture'],
    ['latency fit spaces/la-darts.nas --measurements phone.csv', 'what was measured elsewhere'],
  ],
  async run([action = '', file = ''], values, terminal) {
    const act = Object.entries(actions).find(([name]) => name === action)?.[1]
    if (act === undefined) {
      const near = didYouMean(nearNames(action, Object.keys(actions))[0])
      throw new Failure('unknown-latency-action', { action, near })
    }
    const ir = await loadIr(file, values.json, terminal)
    if (ir === undefined) return exitCode.findings
    return act(ir, values, terminal)
  },
})

/** Options that all three have. */
function shared(ir: Ir, values: Values) {
  const { measurements, search, scale, seed, backend, threads, data } = values
  const space = ir.searches.length === 0 ? chooseSpace(ir, values.space) : values.space
  return {
    ...withoutUndefined({ measurements, search, space, scale, seed, backend, threads, data }),
    set: readSettings(values.set),
  }
}

async function sample(ir: Ir, values: Values, terminal: Terminal): Promise<ExitCode> {
  const runtime = await import('../../runtime/index.js')
  const { count, batch } = values
  const tolerance = values.tolerance === undefined ? undefined : readShare('tolerance', values.tolerance)
  const result = await withProgress(terminal, values.quiet, (watching) =>
    runtime.sampleLatency(ir, {
      ...shared(ir, values),
      ...withoutUndefined({ count, batch, tolerance }),
      ...watching,
    }),
  )
  const { kind, measurements, architectures, of, droppedBlocks } = result
  if (values.json) printJson(result, terminal)
  else {
    const dropped =
      droppedBlocks === 0 ? '' : `; ${plural(droppedBlocks, 'block')} of ten dropped where the machine was busy`
    terminal.out(`${measurements}: ${plural(architectures, 'architecture')} of ${of}${dropped}\n`)
  }
  return kind === 'finished' ? exitCode.fine : interruptedCode(terminal.interruption)
}

async function fit(ir: Ir, values: Values, terminal: Terminal): Promise<ExitCode> {
  const result = await fitted(ir, values, terminal)
  if (result === undefined) return interruptedCode(terminal.interruption)
  if (values.json) printJson(result, terminal)
  else printFit(result, undefined, terminal)
  return exitCode.fine
}

async function show(ir: Ir, values: Values, terminal: Terminal): Promise<ExitCode> {
  const result = await fitted(ir, values, terminal)
  if (result === undefined) return interruptedCode(terminal.interruption)
  const picture = outputPath(values.out ?? '.', 'latency.svg')
  const { drawLatencies } = await import('../../runtime/index.js')
  await writeOut(picture, await drawLatencies(result), terminal)
  if (values.json) printJson({ ...result, file: picture }, terminal)
  else printFit(result, picture, terminal)
  return exitCode.fine
}

async function fitted(ir: Ir, values: Values, terminal: Terminal) {
  const { fitLatency } = await import('../../runtime/index.js')
  return withProgress(terminal, values.quiet, (watching) => fitLatency(ir, { ...shared(ir, values), ...watching }))
}
