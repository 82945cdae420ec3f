import { noSuchName } from '../arguments/no-such-name.js'
import { basename, extname } from 'node:path'
import type { Drawing } from '../../views/graph/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { outputPath, writeOut } from '../output/output-file.js'
import { printJson } from '../output/print-failure.js'
import { readSettings } from '../arguments/param-settings.js'
import { chooseGraphTarget } from '../operands/graph-target.js'
import { weightsOption } from '../operands/meant-architecture.js'
import { fileOrRun, openProgram } from '../operands/open-program.js'

const { arch, space, set, budget, json } = commonOptions
const extensions = { svg: 'svg', dot: 'dot', mermaid: 'mmd' } as const

export const command = defineCommand({
  operands: fileOrRun,
  describe:
    'Draws a space, or an architecture of it: the network with its stages and stacks, and every cell; --cell draws one cell\n' +
    'alone. Choices stand as stacked options, what an architecture need not take is dashed. The drawing goes to stdout.\n' +
    'Of a run directory, RUN: what it derived, under its params; its space where --space names it.',
  options: {
    arch,
    weights: weightsOption,
    cell: { kind: 'text', value: 'NAME', describe: 'Only this cell' },
    format: {
      kind: 'choice',
      options: ['svg', 'dot', 'mermaid'],
      describe: 'What is written; svg without this, or what the name of --out says',
    },
    out: { kind: 'text', value: 'DIR|FILE', describe: 'Where it is written instead of stdout' },
    space,
    set,
    budget,
    json,
  },
  examples: [
    ['graph spaces/darts.nas --cell normal --out normal.svg', 'a cell with all its choices'],
    ['graph spaces/darts.nas --arch DARTS_V2 --out .', 'a published network and its cells: darts-DARTS_V2.svg'],
    ['graph runs/first_order-1 --cell normal --out normal.svg', 'a cell that a run derived'],
    ['graph spaces/attentivenas.nas --format dot', 'the stages of a network in the language of Graphviz'],
    ['graph spaces/darts.nas --format mermaid --json', 'a Mermaid flowchart in JSON: title, format, text'],
  ],
  async run([file = ''], values, terminal) {
    const format = values.format ?? formatOf(values.out) ?? 'svg'
    const program = await openProgram(file, values.json, terminal, analysisBudget(values.budget, terminal))
    if (program === undefined) return exitCode.findings
    const found = await chooseGraphTarget(program, { ...values, set: readSettings(values.set) }, terminal)
    if (found === undefined) return exitCode.findings
    const { cellNames, drawCell, drawNetwork, toDot, toMermaid, toSvg } = await import('../../views/graph/index.js')
    const names = [found.name, ...(values.cell === undefined ? [] : [values.cell])]
    const title = names.join(' ')
    const drawing: Drawing =
      values.cell === undefined
        ? drawNetwork(found.target, title)
        : drawCell(found.target, knownCell(values.cell, cellNames(found.target), file), title)
    const text = format === 'dot' ? toDot(drawing) : format === 'mermaid' ? toMermaid(drawing) : await toSvg(drawing)
    if (values.out !== undefined) {
      const stem = basename(file, extname(file)).replace(/\.ir$/, '')
      const parts = [stem, ...names.filter((name) => name !== stem)]
      const path = outputPath(values.out, `${parts.join('-')}.${extensions[format]}`)
      await writeOut(path, text, terminal)
      if (values.json) printJson({ title, format, file: path }, terminal)
      else terminal.out(`${path}\n`)
    } else if (values.json) printJson({ title, format, text }, terminal)
    else terminal.out(text)
    return exitCode.fine
  },
})

function formatOf(out: string | undefined): keyof typeof extensions | undefined {
  switch (out === undefined ? '' : extname(out)) {
    case '.svg':
      return 'svg'
    case '.dot':
    case '.gv':
      return 'dot'
    case '.mmd':
    case '.mermaid':
      return 'mermaid'
    default:
      return undefined
  }
}

function knownCell(name: string, names: readonly string[], file: string): string {
  if (names.includes(name)) return name
  throw noSuchName('cell', name, names, file)
}
