import { commandLine } from '../../src/cli/command-line.js'
import type { ExitCode } from '../../src/cli/exit-code.js'
import { quietTerminal } from './quiet-terminal.js'

export interface Captured {
  readonly code: ExitCode
  readonly out: string
  readonly err: string
}

/** Runs `nasc ARGS` in this process, with its output captured: no terminal, no colours. */
export async function nasc(...args: readonly string[]): Promise<Captured> {
  let out = ''
  let err = ''
  const terminal = quietTerminal({ out: (text) => void (out += text), err: (text) => void (err += text) })
  const code = await commandLine(args, terminal)
  return { code, out, err }
}
