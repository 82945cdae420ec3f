import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join } from 'node:path'
import { Failure } from '../ir/failure.js'

/** Where `--out` means: a file if it has an extension, and a folder, in which the file gets `name`, otherwise. */
export function placeFor(out: string, name: string): string {
  const folder = existsSync(out) ? statSync(out).isDirectory() : extname(out) === ''
  return folder ? join(out, name) : out
}

/** Writes a result, and the folders that it needs. @throws Failure NAS8013, with the help given, where that cannot be */
export function writeOut(path: string, text: string, help = 'Name another place with --out.'): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('NAS8013', `${path} cannot be written: ${reason}.`, help)
  }
}
