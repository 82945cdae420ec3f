import type { LoadedCommand } from '../command.js'
import { commandTable } from '../command-table.js'
import { everywhere } from './common-options.js'
import type { Option, Options } from './option.js'
import { hint } from './parse-arguments.js'

/** `nasc --help`. */
export function generalHelp(): string {
  const width = Math.max(...commandTable.map((row) => row.name.length))
  return [
    'nasc COMMAND [FILE] [options]',
    '',
    'Compiles and runs .nas files: neural-architecture-search spaces and the searches over them.',
    '',
    'Commands:',
    ...commandTable.map((row) => `  ${row.name.padEnd(width)}  ${row.summary}`),
    '',
    '`nasc COMMAND --help` shows the options and examples of a command; `nasc --version` the version.',
    '',
    'Examples:',
    ...examples([
      ['check spaces/darts.nas', 'is the file right, and does it keep what it promises?'],
      ['cost spaces/darts.nas --arch DARTS_V2 --set cells=20 --set width=36', 'what does a published network cost?'],
      ['run spaces/darts.nas --scale quick', 'search, derive and retrain in minutes'],
    ]),
    '',
    'Exit codes: 0 fine, 1 findings, 2 wrong use, 70 a defect of nasc, 130 interrupted, 143 terminated.',
    '',
  ].join('\n')
}

/** `nasc NAME --help`. */
export function commandHelp(name: string, command: LoadedCommand): string {
  const operands = command.operands.text === '' ? '' : ` ${command.operands.text}`
  const rows = Object.entries<Option>({ ...command.options, ...everywhere } satisfies Options).map(([key, option]) => ({
    left: option.kind === 'flag' ? `--${key}` : `--${key} ${hint(option)}`,
    right: option.describe,
  }))
  const width = Math.max(...rows.map((row) => row.left.length))
  return [
    `nasc ${name}${operands} [options]`,
    '',
    command.describe,
    '',
    'Options:',
    ...rows.map((row) => `  ${row.left.padEnd(width)}  ${row.right}`),
    '',
    'Examples:',
    ...examples(command.examples),
    '',
  ].join('\n')
}

function examples(lines: readonly (readonly [line: string, does: string])[]): string[] {
  return lines.flatMap(([line, does]) => [`  nasc ${line}`, `      ${does}`])
}
