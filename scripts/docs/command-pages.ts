import type { LoadedCommand } from '../../src/cli/command.js'
import { commandTable } from '../../src/cli/command-table.js'
import { everywhere } from '../../src/cli/arguments/common-options.js'
import type { Option } from '../../src/cli/arguments/option.js'
import { hint } from '../../src/cli/arguments/parse-arguments.js'

/** `docs/commands.md`: the reference of the command line, made of what the commands say of themselves. */
export async function commandReference(): Promise<string> {
  const sections: string[] = []
  for (const row of commandTable) sections.push(...section(row.name, (await row.load()).command))
  const rows = commandTable.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${cell(summary)} |`)
  return [
    '# Commands',
    '',
    'Written by `npm run docs` from the help of the commands; a test keeps it fresh. `nasc COMMAND --help` shows the same.',
    '',
    'Results go to stdout, progress to stderr. With `--json` stdout holds one JSON document and nothing else. Exit codes:',
    '0 fine, 1 findings, 2 wrong use, 70 a defect of nasc, 130 interrupted, 143 terminated.',
    '',
    '| command | does |',
    '| ------- | ---- |',
    ...rows,
    '',
    ...sections,
  ].join('\n')
}

function section(name: string, command: LoadedCommand): string[] {
  const operands = command.operands.text === '' ? '' : ` ${command.operands.text}`
  const options = Object.entries<Option>({ ...command.options, ...everywhere }).map(([key, option]) => {
    const left = option.kind === 'flag' ? `--${key}` : `--${key} ${hint(option)}`
    return `| \`${cell(left)}\` | ${cell(option.describe)} |`
  })
  return [
    `## ${name}`,
    '',
    `\`nasc ${name}${operands} [options]\``,
    '',
    command.describe.replaceAll('\n', ' '),
    '',
    '| option | |',
    '| ------ | - |',
    ...options,
    '',
    ...command.examples.map(([line, does]) => `- \`nasc ${line}\`: ${does}`),
    '',
  ]
}

/** A bar would end the cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
