import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * Writes a file so that at any moment, also of a power cut or a full disk, either the old or the new content is there in
 * full: written aside, flushed, renamed, and the folder flushed. A file that was there keeps its rights.
 *
 * @throws what the system says
 */
export function replaceFile(path: string, parts: Iterable<Uint8Array | string>, aside = `${path}${asideSuffix}`): void {
  const before = statSync(path, { throwIfNoEntry: false })
  const file = openSync(aside, 'w')
  try {
    if (before) fchmodSync(file, before.mode)
    for (const part of parts) writeFully(file, typeof part === 'string' ? Buffer.from(part) : part)
    fsyncSync(file)
  } catch (error) {
    closeSync(file)
    rmSync(aside, { force: true })
    throw error
  }
  closeSync(file)
  renameSync(aside, path)
  flushFolder(dirname(path))
}

/** Ending of files that are being written; one that is found later is rubbish of a killed process. */
export const asideSuffix = '.tmp'

/** A single `write` may store less than it was given, for one when the disk fills up. */
export function writeFully(file: number, bytes: Uint8Array): void {
  let written = 0
  while (written < bytes.length) written += writeSync(file, bytes, written, bytes.length - written)
}

/** Makes renames and new names in a folder last. Windows cannot open a folder and does not need it. */
export function flushFolder(folder: string): void {
  if (process.platform === 'win32') return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
