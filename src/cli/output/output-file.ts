import { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import process from 'node:process'
import { Failure } from '../../catalogue/failure.js'
import { asideSuffix, replaceFile } from '../../support/node/replace-file.js'
import { Interrupted, uninterrupted } from '../interruption.js'
import type { Terminal } from '../terminal.js'

/** Where `--out` means: a file if it has an extension, and a folder, in which the file gets `name`, otherwise. */
export function outputPath(out: string, name: string): string {
  const folder = existsSync(out) ? statSync(out).isDirectory() : extname(out) === ''
  return folder ? join(out, name) : out
}

/**
 * Writes a result, and the folders that it needs. What was there before is lost only once the new content is there in full.
 *
 * @throws Failure NAS8013, with the help given, where that cannot be
 */
export async function writeOut(path: string, text: string, terminal: Terminal, help?: string): Promise<void> {
  try {
    mkdirSync(dirname(path), { recursive: true })
    // A link stays one, and what it leads to is written.
    const place = existsSync(path) ? realpathSync(path) : path
    // A device or a pipe holds nothing that could be lost.
    const isFile = statSync(place, { throwIfNoEntry: false })?.isFile() ?? true
    const aside = `${place}.${String(process.pid)}${asideSuffix}`
    if (isFile) await uninterrupted(terminal.interruption, () => replaceFile(place, [text], aside))
    else writeFileSync(place, text)
  } catch (error) {
    if (error instanceof Interrupted) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('cannot-write', { path, reason }, help === undefined ? {} : { help })
  }
}
