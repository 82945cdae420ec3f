import { readFile, stat } from 'node:fs/promises'
import { formatBytes } from '../../../support/format-quantity.js'
import { requireSystemError } from '../../../support/node/system-error.js'
import { bounds } from '../bounds.js'

/** An image in the form of a file, PNG, JPEG or WebP, wherever it is stored. */
export interface EncodedImage {
  /** For messages: the path of its file, or the place in one. */
  readonly path: string
  readonly label: number
  /** Under what its checksum goes: a folder of a class, a file. */
  readonly group: string
  /** Another text whenever its bytes may have changed, without reading them. */
  version(): Promise<string>
  /** @throws what the system says, with its code */
  read(): Promise<Uint8Array | NoImage>
}

/** An image in a file of its own. */
export function imageInFile(path: string, label: number, group: string): EncodedImage {
  return {
    ...{ path, label, group },
    async version() {
      try {
        const { size, mtimeNs, ctimeNs } = await stat(path, { bigint: true })
        return `${String(size)} ${String(mtimeNs)} ${String(ctimeNs)}`
      } catch (error) {
        requireSystemError(error)
        return error.code
      }
    },
    async read() {
      const { size } = await stat(path)
      return size > bounds.imageFile ? tooLarge(size) : readFile(path)
    },
  }
}

/** One that could not be decoded. */
export interface DamagedImage {
  /** Among all images that were decoded with it. */
  readonly index: number
  readonly reason: string
}

/** Why there are no pixels. */
export interface NoImage {
  readonly kind: 'damaged'
  readonly reason: string
}

/** @param bytes of the file */
export function tooLarge(bytes: number): NoImage {
  return { kind: 'damaged', reason: `is a file of ${formatBytes(bytes)}, more than ${formatBytes(bounds.imageFile)}` }
}

/** What became of the bytes of one. */
export type DecodedImage = { readonly kind: 'decoded'; readonly pixels: Uint8Array } | NoImage
