import { Failure } from '../../../catalogue/failure.js'
import type { RefusedPlace } from '../../../catalogue/refusal.js'
import { ReadFailure, type TextFiles } from '../../../support/text-files.js'

/** A file that a program names, its path from where the command runs as the text of an argument. */
export type NamedFile = RefusedPlace

/**
 * @returns undefined where it is not there
 * @throws Failure NAS7625 where it is there but cannot be read
 */
export function readNamed(files: TextFiles, path: string): string | undefined {
  try {
    return files.read(path)
  } catch (error) {
    if (error instanceof ReadFailure) throw new Failure('named-file-unreadable', { file: path, reason: error.message })
    throw error
  }
}
