import { Failure } from '../../catalogue/failure.js'
import { existsSync, watch, type FSWatcher } from 'node:fs'
import { dirname, join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import pc from 'picocolors'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js'
import { hasErrors } from '../../compiler/diagnostics/diagnostic.js'
import { compile, type Compilation } from '../../compiler/index.js'
import { isStandard, type Host } from '../../compiler/modules/host.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import type { Ir } from '../../ir/model/ir.js'
import type { Budget } from '../../space/index.js'
import { openIr } from '../../ir/seal/index.js'
import { analysisBudget } from '../operands/analysis-budget.js'
import { commonOptions } from '../arguments/common-options.js'
import { defineCommand } from '../command.js'
import { exitCode, type ExitCode } from '../exit-code.js'
import { plural } from '../../support/format-quantity.js'
import { isCompiled, readText } from '../operands/load-ir.js'
import { findingFormats, printFindings, type FindingFormat } from '../output/print-diagnostics.js'
import type { Terminal } from '../terminal.js'

export const command = defineCommand({
  operands: { text: 'FILE…', least: 1, most: Number.POSITIVE_INFINITY },
  describe:
    'All static checks: names, types, shapes, choices, searches; and every `expect` of an architecture is proved.\n' +
    'Exit code 1 if there is an error.',
  options: {
    format: { kind: 'choice', options: findingFormats, describe: 'How findings are written; text without this' },
    budget: commonOptions.budget,
    json: commonOptions.json,
    watch: {
      kind: 'flag',
      describe: 'Check again whenever a file, or what it imports or names, changes, until Ctrl-C',
    },
  },
  examples: [
    ['check spaces/darts.nas', 'one file and all that it imports'],
    ['check spaces/*.nas --json', 'findings for a program: code, severity, message, file, range, fixes'],
    ['check spaces/*.nas --format github', 'annotations at the lines of a pull request, in GitHub Actions'],
    ['check spaces/*.nas --format sarif', 'SARIF 2.1.0 for code scanning'],
    ['check my.nas --watch', 'while you write'],
  ],
  async run(files, values, terminal) {
    const format = values.json ? 'json' : (values.format ?? 'text')
    if (values.json && values.format !== undefined && values.format !== 'json') {
      throw new Failure('options-exclude', { first: '--json', second: `--format ${values.format}` })
    }
    const check = (): Promise<Checked> => checkAll(files, format, analysisBudget(values.budget, terminal), terminal)
    return values.watch ? await watching(terminal, check) : (await check()).code
  },
})

interface Checked {
  readonly code: ExitCode
  /** All files that were looked for, what they import and name too. */
  readonly files: readonly string[]
}

async function checkAll(
  files: readonly string[],
  format: FindingFormat,
  budget: Budget,
  terminal: Terminal,
): Promise<Checked> {
  const looked = new Set(files)
  const host = watchful(nodeHost(), looked)
  const found: Diagnostic[] = []
  const fine: string[] = []
  for (const file of files) {
    const { value, diagnostics } = isCompiled(file)
      ? { value: openIr(readText(file), file), diagnostics: [] }
      : await compileAndResolve(file, host, budget)
    // Several files may import the same faulty one.
    found.push(...diagnostics.filter((each) => !found.some((known) => isDeepStrictEqual(known, each))))
    if (value !== undefined && !hasErrors(diagnostics)) fine.push(summary(file, value))
  }
  printFindings(found, host, format, terminal)
  const colours = pc.createColors(terminal.outColour)
  if (format === 'text') for (const line of fine) terminal.out(`${colours.green('ok')} ${line}\n`)
  return { code: hasErrors(found) ? exitCode.findings : exitCode.fine, files: [...looked] }
}

/** What the compiler finds; of searches of a program without errors also what a run would refuse before it trains. */
async function compileAndResolve(
  file: string,
  host: Host,
  budget: Budget,
): Promise<Pick<Compilation, 'value' | 'diagnostics'>> {
  const { value, diagnostics, diagnose } = compile(file, host, budget)
  if (value === undefined || value.searches.length === 0) return { value, diagnostics }
  const { refusalsOf } = await import('../../runtime/search/run/refusals.js')
  return { value, diagnostics: [...diagnostics, ...diagnose(refusalsOf(value, host))] }
}

/** The host, noting all files that are read, except for the standard library. */
function watchful(host: Host, looked: Set<string>): Host {
  return {
    ...host,
    read(path) {
      if (!isStandard(path)) looked.add(path)
      return host.read(path)
    },
  }
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

/** Checks after every change of a file that the last check looked for, or of a `.nas` file beside one, until it is ended by Ctrl-C. */
function watching(terminal: Terminal, check: () => Promise<Checked>): Promise<never> {
  return new Promise(() => {
    const watchers = new Map<string, FSWatcher>()
    let timer: NodeJS.Timeout | undefined
    let looked: ReadonlySet<string> = new Set()
    const again = async (): Promise<void> => {
      terminal.doing('checking')
      const { files } = await check()
      looked = new Set(files.map((file) => join(file)))
      for (const folder of new Set(files.map(dirname))) {
        if (!watchers.has(folder) && existsSync(folder)) watchers.set(folder, watch(folder, changedIn(folder)))
      }
      terminal.doing(undefined)
    }
    const changedIn = (folder: string) => (_event: string, name: string | null) => {
      if (name !== null && !name.endsWith('.nas') && !looked.has(join(folder, name))) return
      // An editor writes a file in several steps.
      clearTimeout(timer)
      timer = setTimeout(() => {
        terminal.err('\n')
        void again()
      }, 50)
    }
    void again()
  })
}
