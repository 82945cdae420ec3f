import type { ExitCode } from './exit-code.js'
import type { Options, ValuesOf } from './arguments/option.js'
import type { Terminal } from './terminal.js'

/** One command of the command line; `commands/NAME.ts` exports one as `command`. */
export interface Command<O extends Options = Options> {
  /** What stands between the name and the options: `FILE`, `FILE…`, nothing. */
  readonly operands: Operands
  /** One or two sentences for the help of this command. */
  readonly describe: string
  readonly options: O
  /** Command lines without `nasc`, each with what it does. */
  readonly examples: readonly (readonly [line: string, does: string])[]
  run(operands: readonly string[], values: ValuesOf<O>, terminal: Terminal): Promise<ExitCode>
}

export interface Operands {
  /** As the help shows it: `FILE`, `FILE…`, `RUN`; empty where there are none. */
  readonly text: string
  readonly least: number
  readonly most: number
}

export const noOperands: Operands = { text: '', least: 0, most: 0 }
export const oneFile: Operands = { text: 'FILE', least: 1, most: 1 }

/** A command whose options have been read; what `load` in {@link ./command-table.ts} gives. */
export interface LoadedCommand {
  readonly operands: Operands
  readonly describe: string
  readonly options: Options
  readonly examples: Command['examples']
  run(operands: readonly string[], values: Readonly<Record<string, unknown>>, terminal: Terminal): Promise<ExitCode>
}

/** Ties the types of the values that `run` sees to the options that are declared beside it. */
export function defineCommand<const O extends Options>(command: Command<O>): LoadedCommand {
  return {
    ...command,
    // `readArguments` makes the values from these very options, which the type system cannot see across the table.
    run: (operands, values, terminal) => command.run(operands, values as ValuesOf<O>, terminal),
  }
}
