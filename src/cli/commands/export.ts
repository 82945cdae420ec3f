import { Failure } from '../../catalogue/failure.js'
import type { ExportFormatName, ExportResult } from '../../runtime/index.js'
import { commonOptions } from '../arguments/common-options.js'
import type { ValuesOf } from '../arguments/option.js'
import { readSettings } from '../arguments/param-settings.js'
import { withoutUndefined } from '../arguments/without-undefined.js'
import { defineCommand } from '../command.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { exportForms, isNetworkFormat, networkFormats, type ExportForm } from '../exports/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { askedNetworkOf } from '../operands/asked-network.js'
import { loadIr } from '../operands/load-ir.js'
import { meantArchitecture, type MeantArchitecture } from '../operands/meant-architecture.js'
import { opOption, readOperationNames } from '../operands/operation-names.js'
import { runTarget, type RunTarget } from '../operands/run-target.js'
import { writeOut } from '../output/output-file.js'
import { printExport } from '../output/print-export.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const { arch, set, seed, budget, data, backend, threads, json } = commonOptions
const summaries = [
  ...Object.entries(exportForms).map(([name, { summary }]) => `${name}: ${summary}`),
  ...Object.entries(networkFormats).map(([name, summary]) => `${name}: ${summary}`),
]
const names = [...Object.keys(exportForms), ...Object.keys(networkFormats)]

const options = {
  arch,
  to: { kind: 'choice', options: names, describe: 'The form' },
  weights: {
    kind: 'choice',
    options: ['retrained', 'inherited'],
    describe: 'Of a run: those of the network trained from scratch, or those of the supernet',
  },
  fold: { kind: 'flag', describe: 'Batch norms go into the convolutions before them' },
  images: {
    kind: 'integer',
    value: 'N',
    least: 1,
    describe: 'On how many images the network is checked; 1000 test images of a run without this',
  },
  op: opOption,
  set,
  seed,
  out: {
    kind: 'text',
    value: 'PATH',
    describe: 'Where it is written; without this stdout, or the name of the architecture',
  },
  data,
  backend,
  threads,
  budget,
  json,
} as const
type Values = ValuesOf<typeof options>

export const command = defineCommand({
  operands: { text: 'RUN|FILE', least: 1, most: 1 },
  describe:
    'Writes an architecture for another tool. RUN is a run directory, or an architecture in its folder `architectures`: the\n' +
    'network leaves with its weights, and with a model card. Of a program, FILE, it leaves with first values. It takes its\n' +
    `place once the other tool gives the same logits and the same accuracy. Forms: ${summaries.join('; ')}.`,
  options,
  examples: [
    ['export runs/first_order-1 --to onnx', 'the retrained network, for onnxruntime'],
    [
      'export runs/first_order-1 --to onnx --weights inherited --fold',
      'with the weights of the supernet, norms folded',
    ],
    ['export spaces/darts.nas --arch DARTS_V2 --to genotype', 'a line for genotypes.py of the DARTS code'],
    ['export spaces/nas-bench-201.nas --arch best_cifar10 --to genotype --json', 'a string that the benchmark knows'],
  ],
  async run([file = ''], values, terminal) {
    const { to = '' } = values
    if (to === '') {
      throw new Failure('option-missing', {
        what: 'Nothing says in which form to export',
        options: `--to ${names.join(', ')}`,
      })
    }
    const target = runTarget(file)
    const result = !isNetworkFormat(to)
      ? await exportText(file, to, values, terminal)
      : target === undefined
        ? await exportUntrained(file, to, values, terminal)
        : await exportOfRun(target, to, values, terminal)
    if (result === undefined) return exitCode.findings
    if (typeof result === 'object') printExport(result, values.json, terminal)
    return exitCode.fine
  },
})

/** An architecture of a program; nothing where that has errors, which are printed. */
async function declared(file: string, values: Values, terminal: Terminal): Promise<MeantArchitecture | undefined> {
  const ir = await loadIr(file, values.json, terminal, analysisBudget(values.budget, terminal))
  if (ir === undefined) return undefined
  if (values.arch === undefined) {
    const known = ir.architectures.map(({ name }) => name).join(', ')
    throw new Failure('option-missing', {
      what: 'Nothing says which architecture to export',
      options: `--arch ${known || 'FILE'}`,
    })
  }
  const choice = { arch: values.arch, set: readSettings(values.set), json: values.json }
  return meantArchitecture({ operand: file, ir, params: {} }, choice, terminal)
}

async function exportText(file: string, to: string, values: Values, terminal: Terminal): Promise<ExitCode | undefined> {
  const found = await declared(file, values, terminal)
  if (found === undefined) return undefined
  const { ir, name, architecture, params } = found
  const form: ExportForm | undefined = Object.entries(exportForms).find(([name]) => name === to)?.[1]
  if (form === undefined) throw new Error(`there is no form ${to}`)
  const operations = readOperationNames(values.op)
  const text = form.write({ ir, name, architecture, params, operations })
  if (values.json) printJson({ name, to, text: text.trimEnd() }, terminal)
  if (values.out !== undefined) await writeOut(values.out, text, terminal)
  else if (!values.json) terminal.out(text)
  return exitCode.fine
}

async function exportUntrained(
  file: string,
  format: ExportFormatName,
  values: Values,
  terminal: Terminal,
): Promise<ExportResult | undefined> {
  if (values.weights !== undefined) {
    throw new Failure('options-exclude', { first: 'FILE', second: '--weights' })
  }
  const found = await declared(file, values, terminal)
  if (found === undefined) return undefined
  const { ir, name, architecture, params } = found
  const runtime = await import('../../runtime/index.js')
  const { out, seed, images, backend, threads } = values
  return runtime.exportUntrained(ir, {
    ...{ format, name, architecture, params, foldsNorms: values.fold },
    ...withoutUndefined({ out, seed, images, backend, threads }),
  })
}

async function exportOfRun(
  target: RunTarget,
  format: ExportFormatName,
  values: Values,
  terminal: Terminal,
): Promise<ExportResult | undefined> {
  const asked = await askedNetworkOf(target, values, terminal)
  if (asked === undefined) return undefined
  const { run, ...network } = asked
  const runtime = await import('../../runtime/index.js')
  const { out, images, data, backend, threads } = values
  return runtime.exportNetwork(run, {
    ...{ format, foldsNorms: values.fold, ...network },
    ...withoutUndefined({ out, images, data, backend, threads }),
  })
}
