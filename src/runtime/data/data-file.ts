import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { Failure } from '../../catalogue/failure.js'
import { requireSystemError } from '../../support/node/system-error.js'
import { bounds, unpacksToTooMuch } from './bounds.js'

/** A file of a data set in memory, unpacked. */
export interface DataFile {
  readonly path: string
  readonly content: Uint8Array
  /** `sha256:…` of the content. */
  readonly checksum: string
}

/**
 * Reads a file and unpacks it if it is gzip (by its first two bytes, not by its name).
 * @param role what the file holds, for messages: `training images`
 * @param limit bytes that it may unpack to: what is more is refused while it is unpacked
 * @throws Failure NAS7101 missing, NAS7102 unreadable, NAS7103 damaged gzip, NAS7122 unpacks to too much
 */
export async function readDataFile(path: string, role: string, limit: number = bounds.unpacked): Promise<DataFile> {
  const stored = await readStored(path, role)
  const content = stored[0] === 0x1f && stored[1] === 0x8b ? await unpack(path, stored, limit) : stored
  return { path, content, checksum: checksumOf(content) }
}

export function checksumOf(content: Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}

async function readStored(path: string, role: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    requireSystemError(error)
    const { code } = error
    if (code === 'ENOENT') throw new Failure('data-file-missing', { path, role })
    throw new Failure('data-file-unreadable', { path, reason: code })
  }
}

async function unpack(path: string, stored: Uint8Array, limit: number): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(stored, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw unpacksToTooMuch(path, stored.length, limit)
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure('damaged-gzip', { path, reason })
  }
}
