import { readFileSync } from 'node:fs'
import type { Compilation } from '../../compiler/index.js'
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js'
import type { Host } from '../../compiler/modules/host.js'
import { nodeHost } from '../../compiler/modules/node-host.js'
import { Failure } from '../../catalogue/failure.js'
import type { Ir } from '../../ir/model/ir.js'
import { limitAnalysis, type Budget } from '../../space/index.js'
import { openIr } from '../../ir/seal/index.js'
import { printObstacles } from '../output/print-diagnostics.js'
import type { Terminal } from '../terminal.js'

/**
 * The program of a `.nas` or `.ir.json` file. Its errors are printed; where they lie outside of architectures nothing is
 * returned, and the command ends with the exit code for findings. Throws a Failure where an IR cannot be read or is damaged.
 *
 * @param budget what the analysis of the program may take; memory alone is bounded without one
 */
export async function loadIr(
  file: string,
  json: boolean,
  terminal: Terminal,
  budget?: Budget,
): Promise<Ir | undefined> {
  if (!isCompiled(file)) return compileOrComplain(file, json, terminal, budget)
  const ir = openIr(readText(file), file)
  if (budget) limitAnalysis(ir, budget)
  return ir
}

/** Compiles and prints what is wrong; warnings are the affair of `nasc check`. */
async function compileOrComplain(
  entry: string,
  json: boolean,
  terminal: Terminal,
  budget?: Budget,
): Promise<Ir | undefined> {
  // A file that is compiled already needs no compiler.
  const { compile } = await import('../../compiler/index.js')
  const host = nodeHost()
  const compiled = compile(entry, host, budget)
  printErrors(compiled, compiled.diagnostics, host, json, terminal)
  return compiled.value
}

/**
 * Prints the errors among diagnostics. Those of architectures keep a command from nothing: it says that it goes on.
 */
export function printErrors(
  { value, leftOut }: Compilation,
  diagnostics: readonly Diagnostic[],
  host: Host,
  json: boolean,
  terminal: Terminal,
): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error')
  if (errors.length === 0) return
  // Of a command that goes on, stdout is its own.
  printObstacles(errors, host, json && value === undefined, terminal)
  if (value === undefined) return
  const what = leftOut.length === 0 ? 'What an architecture is expected to cost' : 'An error of an architecture'
  const without = leftOut.length === 0 ? '' : ` without ${leftOut.join(', ')}`
  terminal.err(`${what} keeps nothing else from its work: going on${without}.\n`)
}

export function isCompiled(file: string): boolean {
  return file.endsWith('.json')
}

export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    const { code } = error
    if (code === 'ENOENT') throw new Failure('no-such-file', { path: file })
    throw new Failure('unreadable-file', { path: file, reason: code === 'EISDIR' ? 'it is a folder' : String(code) })
  }
}
