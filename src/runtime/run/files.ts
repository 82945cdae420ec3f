import { existsSync, readFileSync } from 'node:fs'
import { replaceFile } from '../../support/node/replace-file.js'
import { Failure } from '../../catalogue/failure.js'

/** Runs a file operation; errors of the system become Failures NAS7210 … NAS7212 that name the path. */
export function onDisk<Result>(path: string, action: () => Result): Result {
  try {
    return action()
  } catch (error) {
    return failOnDisk(path, error)
  }
}

/** What {@link onDisk} does with an error. Anything that is not an error of the file system is thrown on. */
export function failOnDisk(path: string, error: unknown): never {
  if (!(error instanceof Error)) throw error
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) throw error
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      throw new Failure('disk-full', { path })
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      throw new Failure('permission-denied', { path, code })
    case 'ENOENT':
      throw new Failure('file-system', { path, code, reason: 'is not there' })
    case 'ENOTDIR':
      throw new Failure('file-system', { path, code, reason: 'a file stands where a folder is needed' })
    default:
      throw new Failure('file-system', { path, code, reason: `the system refused \`${syscall}\`` })
  }
}

/**
 * Writes a file as {@link replaceFile} does.
 * @throws Failure NAS7210 … NAS7212
 */
export function writeAtomically(path: string, parts: Iterable<Uint8Array | string>): void {
  onDisk(path, () => {
    replaceFile(path, parts)
  })
}

/**
 * The text of a file that a run has.
 * @throws Failure NAS7208 if it is missing, NAS7211, NAS7212
 */
export function readRunFile(path: string): string {
  if (!existsSync(path)) throw new Failure('run-file-missing', { file: path })
  return onDisk(path, () => readFileSync(path, 'utf8'))
}
