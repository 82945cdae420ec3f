import { watch } from 'node:fs'
import { dirname } from 'node:path'
import pc from 'picocolors'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js'
import { hasErrors } from '../../compiler/diagnostics/diagnostic.js'
import { compile } from '../../compiler/index.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import type { Ir } from '../../ir/model/ir.js'
import { openIr } from '../../ir/seal/index.js'
import { commonOptions } from '../common-options.js'
import { defineCommand } from '../command.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { plural } from '../format.js'
import { isCompiled, readText } from '../load-ir.js'
import { printFindings } from '../print-diagnostics.js'
import type { Terminal } from '../terminal.js'

export const command = defineCommand({
  operands: { text: 'FILE…', least: 1, most: Number.POSITIVE_INFINITY },
  describe:
    'All static checks: names, types, shapes, choices, searches; and every `expect` of an architecture is proved.\n' +
    'Exit code 1 if there is an error.',
  options: {
    format: { kind: 'choice', options: ['text', 'json'], describe: 'How findings are written; text without this' },
    json: commonOptions.json,
    watch: { kind: 'flag', describe: 'Check again whenever a file in the same folder changes, until Ctrl-C' },
  },
  examples: [
    ['check spaces/darts.nas', 'one file and all that it imports'],
    ['check spaces/*.nas --json', 'findings for a program: code, severity, message, file, range, fixes'],
  ],
  async run(files, values, terminal) {
    const format = values.json ? 'json' : (values.format ?? 'text')
    const code = checkAll(files, format, terminal)
    return values.watch ? await watching(files, terminal, () => checkAll(files, format, terminal)) : code
  },
})

function checkAll(files: readonly string[], format: 'text' | 'json', terminal: Terminal): ExitCode {
  const host = nodeHost()
  const found: Diagnostic[] = []
  const fine: string[] = []
  for (const file of files) {
    const { value, diagnostics } = isCompiled(file)
      ? { value: openIr(readText(file), file), diagnostics: [] }
      : compile(file, host)
    found.push(...diagnostics)
    if (value !== undefined && !hasErrors(diagnostics)) fine.push(summary(file, value))
  }
  printFindings(found, host, format, terminal)
  const colours = pc.createColors(terminal.outColour)
  if (format === 'text') for (const line of fine) terminal.out(`${colours.green('ok')} ${line}\n`)
  return hasErrors(found) ? exitCode.findings : exitCode.fine
}

/** `spaces/darts.nas: 1 space, 1 search, 3 architectures, 3 expectations hold`. */
function summary(file: string, ir: Ir): string {
  const expectations = ir.architectures.reduce((sum, architecture) => sum + architecture.expects.length, 0)
  const parts = [
    plural(ir.spaces.length, 'space'),
    plural(ir.searches.length, 'search', 'searches'),
    plural(ir.architectures.length, 'architecture'),
  ]
  if (expectations > 0) parts.push(`${plural(expectations, 'expectation')} ${expectations === 1 ? 'holds' : 'hold'}`)
  return `${file}: ${parts.join(', ')}`
}

/** Calls `again` after every change of a `.nas` file beside one of the files; ends by Ctrl-C. */
function watching(files: readonly string[], terminal: Terminal, again: () => void): Promise<ExitCode> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const changed = (_event: string, name: string | null): void => {
      if (name !== null && !name.endsWith('.nas')) return
      // An editor writes a file in several steps.
      clearTimeout(timer)
      timer = setTimeout(() => {
        terminal.err('\n')
        again()
      }, 50)
    }
    const watchers = [...new Set(files.map(dirname))].map((folder) => watch(folder, changed))
    terminal.interrupt.addEventListener('abort', () => {
      clearTimeout(timer)
      for (const watcher of watchers) watcher.close()
      resolve(exitCode.fine)
    })
  })
}
