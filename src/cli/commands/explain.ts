import { Failure } from '../../catalogue/failure.js'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { didYouMean, nearNames } from '../../support/near-names.js'
import { conventionOf, defaultConvention } from '../../space/cost/index.js'
import { openProgram, paramsUnder, spaceMeant } from '../operands/open-program.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { docsOf, noDocs } from '../explain/docs.js'
import { printExplanation } from '../explain/print.js'
import { explainProgram } from '../explain/program.js'
import { isCompiled, readText } from '../operands/load-ir.js'
import { packageRoot } from '../../support/node/package-root.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const { space, set, convention, budget, json } = commonOptions

export const command = defineCommand({
  operands: { text: 'FILE|RUN|CODE', least: 1, most: 1 },
  describe:
    'A file in plain words: input, network, cells, every choice and its options, constraints, how many architectures there\n' +
    'are and what they cost at least and at most, the searches clause by clause. Of a run directory, RUN: its data, its\n' +
    'search, its space under its params, what it derived. Or the page of a diagnostic: NAS2001.',
  options: { space, set, convention, budget, json },
  examples: [
    ['explain spaces/darts.nas', 'what the paper searches, and how'],
    ['explain spaces/attentivenas.nas --json', 'the same for a program'],
    ['explain runs/first_order-1', 'what a run searched, how, and what it came to'],
    ['explain NAS2001', 'what a diagnostic means, an example of it and how to mend it'],
  ],
  async run([target = ''], values, terminal) {
    if (/^NAS\d{4}$/i.test(target) && !existsSync(target))
      return explainCode(target.toUpperCase(), values.json, terminal)
    const convention = conventionOf(values.convention ?? defaultConvention).name
    const program = await openProgram(target, values.json, terminal, analysisBudget(values.budget, terminal))
    if (program === undefined) return exitCode.findings
    const docs = program.run !== undefined || isCompiled(target) ? noDocs : docsOf(target, readText(target))
    const isWhole = values.space === undefined && program.run === undefined
    const spaces = isWhole ? program.ir.spaces.map(({ id }) => id) : [spaceMeant(program, values.space)]
    const explained = explainProgram(program, spaces, paramsUnder(program, values.set), convention, docs)
    if (values.json) printJson(JSON.parse(JSON.stringify(explained, (_, value: unknown) => exact(value))), terminal)
    else printExplanation(explained, terminal)
    return exitCode.fine
  },
})

/** Numbers of architectures are strings in JSON: they are exact, and larger than its numbers. */
function exact(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

function explainCode(code: string, json: boolean, terminal: Terminal): ExitCode {
  const folder = join(packageRoot(), 'docs', 'diagnostics')
  const page = join(folder, `${code}.md`)
  if (!existsSync(page)) {
    const codes = existsSync(folder) ? readdirSync(folder).map((name) => name.replace(/\.md$/, '')) : []
    throw new Failure('unknown-code', { code, near: didYouMean(nearNames(code, codes)[0]) })
  }
  const text = readFileSync(page, 'utf8')
  if (json) printJson({ code, text }, terminal)
  else terminal.out(text)
  return exitCode.fine
}
