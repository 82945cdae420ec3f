import { paramsOf, resolveArchitecture } from '../../architectures/index.js'
import { Failure } from '../../catalogue/failure.js'
import { commonOptions } from '../arguments/common-options.js'
import { readSettings } from '../arguments/param-settings.js'
import { defineCommand, oneFile } from '../command.js'
import { exitCode } from '../exit-code.js'
import { exportForms } from '../exports/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { loadArchitecture } from '../operands/load-architecture.js'
import { loadIr } from '../operands/load-ir.js'
import { opOption, readOperationNames } from '../operands/operation-names.js'
import { writeOut } from '../output/output-file.js'
import { printJson } from '../output/print-failure.js'

const { arch, set, budget, json } = commonOptions
const forms = Object.entries(exportForms).map(([name, { summary }]) => `${name}: ${summary}`)

export const command = defineCommand({
  operands: oneFile,
  describe: `Writes an architecture for another tool. Forms: ${forms.join('; ')}.`,
  options: {
    arch,
    to: { kind: 'choice', options: Object.keys(exportForms), describe: 'The form' },
    op: opOption,
    set,
    out: { kind: 'text', value: 'FILE', describe: 'Where it is written; stdout without this' },
    budget,
    json,
  },
  examples: [
    ['export spaces/darts.nas --arch DARTS_V2 --to genotype', 'a line for genotypes.py of the DARTS code'],
    ['export spaces/nas-bench-201.nas --arch best_cifar10 --to genotype --json', 'a string that the benchmark knows'],
  ],
  async run([file = ''], values, terminal) {
    const { to, arch } = values
    const form = Object.entries(exportForms).find(([name]) => name === to)?.[1]
    if (to === undefined || form === undefined) {
      throw new Failure('option-missing', {
        what: 'Nothing says in which form to export',
        options: `--to ${Object.keys(exportForms).join(', ')}`,
      })
    }
    const ir = await loadIr(file, values.json, terminal, analysisBudget(values.budget, terminal))
    if (ir === undefined) return exitCode.findings
    if (arch === undefined) {
      const names = ir.architectures.map(({ name }) => name).join(', ')
      throw new Failure('option-missing', {
        what: 'Nothing says which architecture to export',
        options: `--arch ${names || 'FILE'}`,
      })
    }
    const loaded = await loadArchitecture(ir, file, arch, values.json, terminal)
    if (loaded === undefined) return exitCode.findings
    const params = paramsOf(loaded.ir, loaded.architecture, readSettings(values.set))
    const architecture = resolveArchitecture(loaded.ir, loaded.architecture, params)
    const { name } = loaded.architecture
    const operations = readOperationNames(values.op)
    const text = form.write({ ir: loaded.ir, name, architecture, params, operations })
    if (values.json) printJson({ name, to, text: text.trimEnd() }, terminal)
    if (values.out !== undefined) await writeOut(values.out, text, terminal)
    else if (!values.json) terminal.out(text)
    return exitCode.fine
  },
})
