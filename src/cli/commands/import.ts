import { readFileSync } from 'node:fs'
import { printArchitecture } from '../../architectures/index.js'
import {
  architectureOfGenotype,
  cellsOf,
  readGenotypes,
  type Genotype,
  type GenotypeText,
} from '../../architectures/genotype/index.js'
import { Failure } from '../../catalogue/failure.js'
import { conventionOf, costOf, defaultConvention } from '../../space/cost/index.js'
import { bindingOf, buildNetwork, resolveParams } from '../../space/index.js'
import { formatCount } from '../../support/format-quantity.js'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { commonOptions } from '../arguments/common-options.js'
import { readSettings } from '../arguments/param-settings.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { chooseSpace } from '../operands/choose.js'
import { loadIr, readText } from '../operands/load-ir.js'
import { opOption, readOperationNames } from '../operands/operation-names.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printJson } from '../output/print-failure.js'

const { space, set, convention, budget, json } = commonOptions

export const command = defineCommand({
  operands: { text: 'genotype FILE|- PROGRAM', least: 3, most: 3 },
  describe:
    'Architectures from other tools, as declarations in .nas. `genotype` reads what DARTS-like code prints,\n' +
    "`Genotype(normal=[('sep_conv_3x3', 0), …], normal_concat=range(2, 6), …)`, with all that a file of them has, and the strings of\n" +
    'NAS-Bench-201, `|nor_conv_3x3~0|+|…|`; - reads standard input. Each becomes an architecture of the space of PROGRAM.',
  options: {
    name: { kind: 'text', value: 'NAME', describe: 'Of several genotypes this one; what one without a name is called' },
    op: opOption,
    space,
    set,
    convention,
    out: { kind: 'text', value: 'DIR', describe: 'A file of its own for each architecture, in this folder' },
    budget,
    json,
  },
  examples: [
    ['import genotype genotypes.py spaces/darts.nas', 'every genotype of a file of the DARTS code'],
    [
      'import genotype genotypes.py spaces/darts.nas --name DARTS_V2 --set cells=20 --set width=36',
      'one of them, with the params of the network that the paper trains',
    ],
    ['import genotype found.txt spaces/nas-bench-201.nas --json', 'a string of NAS-Bench-201, with what it costs'],
  ],
  async run([kind = '', file = '', program = ''], values, terminal) {
    if (kind !== 'genotype') throw new Failure('nothing-to-import', { kind })
    const { name: convention } = conventionOf(values.convention ?? defaultConvention)
    const operations = readOperationNames(values.op)
    const source: GenotypeText =
      file === '-' ? { file: 'standard input', text: readFileSync(0, 'utf8') } : { file, text: readText(file) }
    const genotypes = chosen(source, readGenotypes(source), values.name)
    const ir = await loadIr(program, values.json, terminal, analysisBudget(values.budget, terminal))
    if (ir === undefined) return exitCode.findings
    const id = chooseSpace(ir, values.space)
    const params = resolveParams(ir, readSettings(values.set))
    const target = { space: id, cells: cellsOf(ir, id, params), operations }
    const architectures = genotypes.map(({ name, genotype }) => {
      const architecture = architectureOfGenotype(source, genotype, target)
      const network = buildNetwork(ir, id, { params, binding: bindingOf(architecture), mode: 'standalone' })
      const { parameters, macs } = costOf(network, convention)
      return { name, architecture: printArchitecture(ir, architecture, name, params), parameters, macs }
    })
    if (values.json) {
      printJson({ space: id, convention, architecture: architectures[0]?.architecture, architectures }, terminal)
    }
    for (const [index, { name, architecture, parameters, macs }] of architectures.entries()) {
      const text = `/// ${formatCount(macs)} MACs (${convention}), ${formatCount(parameters)} parameters.\n${architecture}`
      if (values.out !== undefined) await writeOut(outputPath(values.out, `${name}.nas`), text, terminal)
      else if (!values.json) terminal.out(`${index === 0 ? '' : '\n'}${text}`)
    }
    return exitCode.fine
  },
})

/** Those that are asked for, each with a name. */
function chosen(
  { file }: GenotypeText,
  genotypes: readonly Genotype[],
  name: string | undefined,
): readonly { readonly name: string; readonly genotype: Genotype }[] {
  const named = genotypes.map((genotype, index) => {
    const given = name !== undefined && genotypes.length === 1 ? name : undefined
    return { name: given ?? genotype.name ?? (index === 0 ? 'imported' : `imported_${index + 1}`), genotype }
  })
  if (name === undefined) return named
  const found = named.filter((each) => each.name === name)
  if (found.length > 0) return found.slice(-1)
  const names = named.map((each) => each.name)
  throw new Failure('no-genotype-named', {
    file,
    name,
    names: names.join(', '),
    near: didYouMean(nearNames(name, names)[0]),
  })
}
