import { parseWhere, sampler, type Sampler } from '../../analysis/index.js'
import { conventionOf, defaultConvention } from '../../space/cost/index.js'
import type { Architecture, Decision } from '../../space/index.js'
import { printArchitecture } from '../../architectures/index.js'
import { decisionsByPath } from '../../analysis/index.js'
import { fileOrRun, openProgram, wholeSpace } from '../operands/open-program.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { formatCount, plural } from '../../support/format-quantity.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const { space, set, seed, convention, budget, json, quiet } = commonOptions

export const command = defineCommand({
  operands: fileOrRun,
  describe:
    'Architectures of a space, drawn uniformly from those that satisfy its constraints and --where: each is as likely as any\n' +
    'other. The same seed gives the same architectures, as declarations in .nas. Of a run directory, RUN: those that it chose\n' +
    'from, under its params.',
  options: {
    count: { kind: 'integer', value: 'N', least: 1, describe: 'How many; one without this' },
    where: { kind: 'text', value: 'BOUNDS', describe: 'Costs that they must have, such as "macs in 290M..310M"' },
    seed,
    convention,
    space,
    set,
    out: { kind: 'text', value: 'DIR', describe: 'A file of its own for each architecture, in this folder' },
    quiet,
    budget,
    json,
  },
  examples: [
    ['sample spaces/darts.nas --count 3 --seed 1', 'three pairs of cells'],
    ['sample runs/first_order-1 --count 3', 'what a run could have come to'],
    [
      'sample spaces/attentivenas.nas --where "macs in 290M..310M"',
      'a network between 290 and 310 million multiply-accumulates',
    ],
    [
      'sample spaces/attentivenas.nas --count 100 --where "macs <= 400M and parameters <= 10M" --json',
      'decisions, parameters and macs of a hundred small networks',
    ],
  ],
  async run([file = ''], values, terminal) {
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const where = values.where === undefined ? [] : parseWhere(values.where)
    const program = await openProgram(file, values.json, terminal, analysisBudget(values.budget, terminal))
    if (program === undefined) return exitCode.findings
    const { ir } = program
    const { space, params } = wholeSpace(program, values, terminal)
    const { createRandom } = await import('../../runtime/random/random.js')
    const prepared = sampler(ir, space, { params, convention }, { where })
    const decisions = decisionsByPath(ir, space, { params })
    const seed = values.seed ?? 0
    const root = createRandom(seed)
    const drawn = Array.from({ length: values.count ?? 1 }, (_, index) => {
      const { architecture, costs } = prepared.draw(root.stream(`sample/${index}`))
      const { parameters, macs } = costs
      return { name: `sample_${index + 1}`, architecture, parameters, macs }
    })
    if (values.json) {
      const architectures = drawn.map(({ name, architecture, parameters, macs }) => ({
        name,
        decisions: answersOf(architecture, decisions),
        parameters,
        macs,
      }))
      const { count, atMost, blur } = prepared
      const from = { count: count.toString(), atMost: atMost.toString(), blur }
      printJson({ space, seed, where: values.where ?? null, convention, from, architectures }, terminal)
    } else if (!values.quiet) printOrigin(prepared, terminal)
    if (values.json && values.out === undefined) return exitCode.fine
    for (const { name, architecture, parameters, macs } of drawn) {
      const figures = `/// ${formatCount(macs)} MACs (${convention}), ${formatCount(parameters)} parameters.\n`
      const text = `${figures}${printArchitecture(ir, architecture, name, params)}`
      if (values.out !== undefined) await writeOut(outputPath(values.out, `${name}.nas`), text, terminal)
      else if (!values.json) terminal.out(`${name === 'sample_1' ? '' : '\n'}${text}`)
    }
    return exitCode.fine
  },
})

/** What is taken, as text, by path: a list where a decision takes several options. */
function answersOf(
  architecture: Architecture,
  decisions: ReadonlyMap<string, Decision>,
): Readonly<Record<string, string | number | readonly string[]>> {
  const selections = [...decisions.values()].flatMap((decision) => {
    const taken = architecture.decisions[decision.path]
    if (!taken) return []
    const texts = taken.map((option) => decision.options[option] ?? '')
    const value = decision.values?.[taken[0] ?? 0]
    return [[decision.path, decision.arity ? texts : (value ?? texts.join())] as const]
  })
  return Object.fromEntries(selections)
}

function printOrigin({ count, atMost, blur }: Sampler, terminal: Terminal): void {
  const many =
    count === atMost ? plural(count, 'architecture') : `${formatCount(count)} to ${plural(atMost, 'architecture')}`
  terminal.err(`Drawn from ${many}, each as likely as any other.\n`)
  if (count === atMost) return
  terminal.err(
    `There are too many sums of costs to tell how many lie within the bounds: they are kept to ${formatCount(blur)} only.\n`,
  )
}
