import { readFileSync } from 'node:fs'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js'
import { toJsonDiagnostics } from '../../compiler/diagnostics/render/json.js'
import { sourcesFrom } from '../../compiler/diagnostics/render/sources.js'
import { formatText } from '../../compiler/format/format.js'
import { memoryHost } from '../../compiler/modules/memory-host.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode } from '../exit-code.js'
import { plural } from '../../support/format-quantity.js'
import { readText } from '../operands/load-ir.js'
import { writeOut } from '../output/output-file.js'
import { printObstacles } from '../output/print-diagnostics.js'
import { printJson } from '../output/print-failure.js'
import type { Terminal } from '../terminal.js'

const standardInput = '-'

export const command = defineCommand({
  operands: { text: 'FILE…|-', least: 1, most: Number.POSITIVE_INFINITY },
  describe:
    'Formats files in place; - formats standard input to standard output. Lines break where their author broke them.\n' +
    'A file with syntax errors is left as it is. Exit code 1 if there is one, or if --check finds one that is not formatted.',
  options: {
    check: { kind: 'flag', describe: 'Write nothing; name the files that are not formatted' },
    json: commonOptions.json,
  },
  examples: [
    ['fmt spaces/*.nas', 'formats all of them'],
    ['fmt --check spaces/*.nas', 'for continuous integration'],
  ],
  async run(files, values, terminal) {
    const results: Result[] = []
    for (const file of files) results.push(await formatFile(file, values.check, terminal, values.json))
    if (values.json) {
      const sourceOf = sourcesFrom((file) => results.find((result) => result.file === file)?.text)
      const diagnostics = toJsonDiagnostics(
        results.flatMap((result) => result.diagnostics),
        sourceOf,
      )
      printJson({ files: results.map(({ file, outcome }) => ({ file, outcome })), diagnostics }, terminal)
    } else if (!files.includes(standardInput)) {
      const count = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length
      const changed = count('changed')
      if (changed > 0) terminal.out(`${plural(changed, 'file')} ${values.check ? 'not formatted' : 'formatted'}\n`)
    }
    const bad = results.some(({ outcome }) => outcome === 'refused' || (values.check && outcome === 'changed'))
    return bad ? exitCode.findings : exitCode.fine
  },
})

/** Whether a file was (or with --check would be) rewritten, was fine, or has errors. */
type Outcome = 'changed' | 'unchanged' | 'refused'

interface Result {
  readonly file: string
  readonly text: string
  readonly outcome: Outcome
  readonly diagnostics: readonly Diagnostic[]
}

async function formatFile(file: string, check: boolean, terminal: Terminal, json: boolean): Promise<Result> {
  const text = file === standardInput ? readFileSync(0, 'utf8') : readText(file)
  const formatted = formatText({ path: file, text })
  if (formatted.kind === 'refused') {
    const { diagnostics } = formatted
    if (!json) printObstacles(diagnostics, memoryHost({ [file]: text }), false, terminal)
    return { file, text, outcome: 'refused', diagnostics }
  }
  const changed = formatted.text !== text
  if (file === standardInput) {
    if (!check && !json) terminal.out(formatted.text)
  } else if (changed) {
    if (!check) await writeOut(file, formatted.text, terminal, 'Give yourself the right to write it.')
    if (!json) terminal.out(`${file}\n`)
  }
  return { file, text, outcome: changed ? 'changed' : 'unchanged', diagnostics: [] }
}
