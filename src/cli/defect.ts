import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageVersion } from '../support/node/package-root.js'

/** Keeps the stack of a defect in a file of the temporary folder; gives the text for the user. */
export function reportDefect(error: unknown, args: readonly string[]): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  const summary = error instanceof Error ? error.message : String(error)
  const body = [
    `nasc ${packageVersion()}, Node ${process.versions.node}, ${process.platform} ${process.arch}`,
    `nasc ${args.join(' ')}`,
    '',
    stack,
    '',
  ].join('\n')
  let kept: string
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'nasc-defect-')), 'stack.txt')
    writeFileSync(file, body)
    kept = `The details are in ${file}: please report them.`
  } catch {
    kept = `The details could not be written to a file: please report them.\n\n${body}`
  }
  return `nasc met a defect of its own: ${firstLine(summary)}\nYour files are not at fault. ${kept}\n`
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
