import pc from 'picocolors'
import type { Failure } from '../../catalogue/failure.js'
import type { Terminal } from '../terminal.js'

/** `error[NAS6003]: message` and the help beneath; with `json` also a document on stdout. */
export function printFailure(failure: Failure, json: boolean, terminal: Terminal): void {
  const colours = pc.createColors(terminal.errColour)
  terminal.err(`${colours.red(`error[${failure.code}]`)}: ${sentence(failure.message)}\n`)
  if (failure.help !== '') terminal.err(`  ${colours.cyan('help')}: ${sentence(failure.help)}\n`)
  if (json) printJson({ error: { code: failure.code, message: failure.message, help: failure.help } }, terminal)
}

/** The one document that `--json` puts on stdout. */
export function printJson(document: unknown, terminal: Terminal): void {
  terminal.out(`${JSON.stringify(document, undefined, 2)}\n`)
}

/** Ends with a full stop, a question mark or the like. */
function sentence(text: string): string {
  return /[.!?:)]$/.test(text) ? text : `${text}.`
}
