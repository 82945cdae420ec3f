import { statSync } from 'node:fs'
import { didYouMean, nearNames } from '../support/near-names.js'
import { Failure } from '../catalogue/failure.js'
import { commandTable } from './command-table.js'
import { reportDefect } from './defect.js'
import { exitCode, type ExitCode } from './exit-code.js'
import { commandHelp, generalHelp } from './arguments/help.js'
import { packageVersion } from '../support/node/package-root.js'
import { Interrupted } from './interruption.js'
import { parseArguments } from './arguments/parse-arguments.js'
import { printFailure } from './output/print-failure.js'
import type { Terminal } from './terminal.js'
import { isWrongUse } from './arguments/wrong-use.js'

/** The whole command line: `args` are what follows `nasc`. Never throws. */
export async function commandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    if (error instanceof Failure) {
      printFailure(error, args.includes('--json'), terminal)
      return isWrongUse(error) ? exitCode.wrongUse : exitCode.findings
    }
    if (error instanceof Interrupted) {
      terminal.err('Stopped.\n')
      return error.exitCode
    }
    terminal.err(reportDefect(error, args))
    return exitCode.defect
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args.filter((arg, i) => !(arg === '--no-color' && args.slice(0, i).every(isOption)))
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const [about] = name === 'help' ? rest : []
    if (about !== undefined) return dispatch([about, '--help'], terminal)
    terminal.out(generalHelp())
    return name === undefined ? exitCode.wrongUse : exitCode.fine
  }
  if (name === '--version' || name === '-v') {
    terminal.out(`${packageVersion()}\n`)
    return exitCode.fine
  }
  const row = commandTable.find((each) => each.name === name)
  if (row === undefined) {
    const names = commandTable.map((each) => each.name)
    throw new Failure('unknown-command', { name, near: didYouMean(nearNames(name, names)[0]) })
  }
  const { command } = await row.load()
  const { help, operands, values } = parseArguments(name, command, rest)
  if (help) {
    terminal.out(commandHelp(name, command))
    return exitCode.fine
  }
  terminal.doing([row.doing, ...operands].join(' '), row.lasts === true || operands.some(isLarge))
  return command.run(operands, values, terminal)
}

/** A text that takes more than a moment to read. */
function isLarge(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 100_000
}

function isOption(arg: string): boolean {
  return arg.startsWith('-')
}
