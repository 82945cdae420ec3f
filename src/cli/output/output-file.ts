import { existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import process from 'node:process'
import { Failure } from '../../catalogue/failure.js'
import { asideSuffix, replaceFile } from '../../support/node/replace-file.js'

/** Where `--out` means: a file if it has an extension, and a folder, in which the file gets `name`, otherwise. */
export function placeFor(out: string, name: string): string {
  const folder = existsSync(out) ? statSync(out).isDirectory() : extname(out) === ''
  return folder ? join(out, name) : out
}

/**
 * Writes a result, and the folders that it needs. What was there before is lost only once the new content is there in full.
 *
 * @throws Failure NAS8013, with the help given, where that cannot be
 */
export function writeOut(path: string, text: string, help?: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    // A link stays one, and what it leads to is written.
    const place = existsSync(path) ? realpathSync(path) : path
    // A device or a pipe holds nothing that could be lost.
    const isFile = statSync(place, { throwIfNoEntry: false })?.isFile() ?? true
    if (isFile) replaceFile(place, [text], `${place}.${String(process.pid)}${asideSuffix}`)
    else writeFileSync(place, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('cannot-write', { path, reason }, help === undefined ? {} : { help })
  }
}
