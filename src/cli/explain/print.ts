import pc from 'picocolors'
import { formatCount } from '../../support/format-quantity.js'
import type { Terminal } from '../terminal.js'
import type { Facts } from './facts.js'
import type { ExplainedProgram } from './program.js'
import { runSentences } from './run.js'
import { alternatives, howMany, magnitude } from './words.js'

/** How the parts of an explanation are written. */
interface Layout {
  readonly line: (text: string, indent?: number, hanging?: number) => void
  readonly title: (text: string) => void
  /** A name in a column, and what is said of it beside it. */
  readonly entry: (name: string, text: string, column: number) => void
}

/** The explanation of a program as text, in paragraphs that fit the terminal. */
export function printExplanation(program: ExplainedProgram, terminal: Terminal): void {
  const layout = layoutOn(terminal)
  layout.line(program.doc === undefined ? program.file : `${program.file}: ${program.doc}`)
  for (const sentence of program.run === undefined ? [] : runSentences(program.run)) layout.line(sentence)
  for (const space of program.spaces) printSpace(layout, space)
  for (const search of program.searches) printSearch(layout, search)
  printArchitectures(layout, program.architectures)
}

function layoutOn(terminal: Terminal): Layout {
  const colours = pc.createColors(terminal.outColour)
  const width = Math.max(40, Math.min(terminal.columns, 110))
  const line = (text: string, indent = 0, hanging = indent): void => {
    terminal.out(`${wrapped(text, width, indent, hanging)}\n`)
  }
  return {
    line,
    title: (text) => terminal.out(`\n${colours.bold(text)}\n`),
    entry(name, text, column) {
      line(`${name.padEnd(column)}${text}`, 2, 2 + column)
    },
  }
}

function printSpace(layout: Layout, { explained: space, facts }: ExplainedProgram['spaces'][number]): void {
  const { line, title, entry } = layout
  title(`Space ${space.space}`)
  if (space.doc !== undefined) line(space.doc)
  line(`Images of ${space.input}; ${formatCount(space.classes)} classes.`)
  if (space.params.length > 0) {
    const each = space.params.map(({ name, value, doc }) => `${name} = ${value}${doc === undefined ? '' : ` (${doc})`}`)
    line(`Params, to be changed with --set: ${each.join(', ')}.`)
  }
  title('  Network')
  const parts = Math.max(...space.network.map(({ part }) => part.length)) + 2
  for (const { part, says, out } of space.network) entry(part, `${says}${out === undefined ? '' : `  → ${out}`}`, parts)
  for (const cell of space.cells) {
    title(`  Cell ${cell.cell}`)
    if (cell.doc !== undefined) line(cell.doc, 2)
    for (const sentence of cell.says) line(sentence, 2, 4)
  }
  if (space.operations.length > 0) title('  Operations')
  const names = Math.max(0, ...space.operations.map(({ name }) => name.length)) + 2
  for (const { name, doc } of space.operations) entry(name, doc, names)

  title('  Choices')
  if (space.choices.length === 0) line('None: the space is one network.', 2)
  for (const { paths, count, options, values, arity } of space.choices) {
    const times = count === 1 ? '' : ` (${count} choices, each)`
    line(`${paths}${times}: ${howMany(arity, options.length)}: ${alternatives(options, values)}`, 2, 4)
  }
  title('  Constraints')
  if (space.constraints.length === 0) line('None.', 2)
  for (const constraint of space.constraints) line(constraint, 2, 4)
  title('  How many, and what they cost')
  for (const sentence of factSentences(facts)) line(sentence, 2, 4)
}

function printSearch({ line, title, entry }: Layout, search: ExplainedProgram['searches'][number]): void {
  title(`Search ${search.search} of ${search.space}`)
  if (search.doc !== undefined) line(search.doc)
  const column = Math.max(...search.clauses.map(({ clause }) => clause.length)) + 2
  for (const { clause, says, means } of search.clauses) {
    entry(clause, says, column)
    for (const { name, doc } of means) line(`${name}: ${doc}`, 2 + column, 4 + column)
  }
}

function printArchitectures({ line, title }: Layout, architectures: ExplainedProgram['architectures']): void {
  if (architectures.length > 0) title('Architectures')
  for (const { name, space, doc, with: stated, expects } of architectures) {
    const values = Object.entries(stated).map(([param, value]) => `${param} = ${value}`)
    const params = values.length === 0 ? '' : ` with ${values.join(', ')}`
    const promised = expects.length === 0 ? '' : `: ${expects.join('; ')}`
    line(`${name} of ${space}${params}${promised}${doc === undefined ? '' : `. ${doc}`}`, 2, 4)
  }
}

function boundText(bound: number | undefined, beyond: string): string {
  return bound === undefined ? '' : ` (certainly none ${beyond} than ${formatCount(bound)})`
}

function factSentences({ architectures, atMost, dead, costs, convention }: Facts): readonly string[] {
  const about = magnitude(architectures)
  const one = architectures === 1n
  const names = { parameters: 'Parameters', macs: `MACs for one image (${convention})` }
  return [
    atMost === undefined
      ? `${formatCount(architectures)} architecture${one ? '' : 's'}${about === undefined ? '' : ` (${about})`}, counted exactly, constraints included.`
      : `${formatCount(architectures)} to ${formatCount(atMost)} architectures, constraints included: there are too many sums of costs to count exactly.`,
    ...costs.map(({ what, least, greatest, leastBound, greatestBound }) =>
      least === greatest
        ? `${names[what]}: ${formatCount(least)}.`
        : `${names[what]}: from ${formatCount(least)}${boundText(leastBound, 'less')} to ${formatCount(greatest)}${boundText(greatestBound, 'more')}.`,
    ),
    ...dead.map(({ path, option, reason }) => `No architecture can take ${option} for ${path}: ${reason}.`),
  ]
}

/** Lines of at most `width` columns; the first is indented by `indent`, the others by `hanging`. */
function wrapped(text: string, width: number, indent: number, hanging: number): string {
  const lines: string[] = []
  let current = ' '.repeat(indent)
  let empty = true
  // Runs of blanks are columns of a table and stay.
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current)
      current = ' '.repeat(hanging)
      empty = true
    }
    current += empty ? word : ` ${word}`
    empty = false
  }
  return [...lines, current].join('\n')
}
