import { Failure } from '../../catalogue/failure.js'
import { basename, extname } from 'node:path'
import { printIr } from '../../ir/seal/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand, oneFile } from '../command.js'
import { exitCode } from '../exit-code.js'
import { loadIr, readText } from '../operands/load-ir.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printPlan } from '../stages/plan.js'
import { printTokens, printConcreteTree, printSyntaxTree } from '../stages/syntax.js'
import { readSettings } from '../arguments/param-settings.js'

const stages = ['tokens', 'cst', 'ast', 'ir', 'plan'] as const
const { arch, space, set, budget, json } = commonOptions

export const command = defineCommand({
  operands: oneFile,
  describe:
    'Writes the sealed IR, which every other command takes in place of the .nas file: NAME.ir.json in the current folder.\n' +
    'With --stage it shows an earlier or later form instead; a plan is that of a training step, of the supernet or of --arch.',
  options: {
    stage: { kind: 'choice', options: stages, describe: 'What is written; ir without this. All others go to stdout' },
    out: { kind: 'text', value: 'DIR|FILE|-', describe: 'Where it is written; - is stdout' },
    arch,
    space,
    set,
    budget,
    json,
  },
  examples: [
    ['compile spaces/darts.nas', 'writes darts.ir.json'],
    ['compile spaces/darts.nas --out -', 'the IR on stdout'],
    ['compile spaces/darts.nas --stage plan --set cells=2', 'the tensor program of one training step of the supernet'],
  ],
  async run([file = ''], values, terminal) {
    const stage = values.stage ?? 'ir'
    let text: string
    if (stage === 'tokens' || stage === 'cst' || stage === 'ast') {
      if (values.arch !== undefined) {
        throw new Failure('options-exclude', { first: '--arch', second: `--stage ${stage}` })
      }
      const source = { path: file, text: readText(file) }
      text = { tokens: printTokens, cst: printConcreteTree, ast: printSyntaxTree }[stage](source)
    } else {
      const ir = await loadIr(file, values.json, terminal, analysisBudget(values.budget, terminal))
      if (ir === undefined) return exitCode.findings
      if (stage === 'ir') {
        text = printIr(ir)
        if (values.out === undefined && values.json) {
          terminal.out(text)
          return exitCode.fine
        }
        if (values.out !== '-') {
          const path = outputPath(values.out ?? '.', `${basename(file, extname(file)).replace(/\.ir$/, '')}.ir.json`)
          await writeOut(path, text, terminal)
          terminal.out(values.json ? text : `${path}  ${ir.hash}\n`)
          return exitCode.fine
        }
      } else {
        const plan = await printPlan(ir, file, { ...values, set: readSettings(values.set) }, terminal)
        if (plan === undefined) return exitCode.findings
        text = plan
      }
    }
    if (values.out === undefined || values.out === '-') terminal.out(text)
    else await writeOut(outputPath(values.out, `${basename(file, extname(file))}.${stage}.txt`), text, terminal)
    return exitCode.fine
  },
})
