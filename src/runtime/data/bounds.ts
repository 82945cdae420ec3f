import { Failure } from '../../catalogue/failure.js'
import { formatBytes, plural } from '../../support/format-quantity.js'
import { printSize, type ImageSize } from './image-set.js'

const mebibyte = 2 ** 20

/**
 * What is held at most, so that a file that is not what it seems is refused before the machine is out of memory. Each is far
 * above what data sets of images need.
 */
export const bounds = {
  /** Bytes of a packed file once it is unpacked. */
  unpacked: 1024 * mebibyte,
  /** Bytes of all decoded images of a data set. */
  held: 4096 * mebibyte,
  /** Bytes of the file of one image. */
  imageFile: 256 * mebibyte,
  /** Pixels of one image. */
  imagePixels: 64 * mebibyte,
} as const

/**
 * Refuses images that would not fit into memory before there is any for them.
 * @throws Failure NAS7123
 */
export function requireHeld(path: string, count: number, size: ImageSize): void {
  const bytes = count * size.height * size.width * size.channels
  if (bytes <= bounds.held) return
  throw new Failure('data-too-large', {
    path,
    images: plural(count, 'image'),
    size: printSize(size),
    bytes: formatBytes(bytes),
    limit: formatBytes(bounds.held),
  })
}

/**
 * NAS7122: a file unpacks to more than is held of it.
 * @param packed bytes of it
 */
export function unpacksToTooMuch(path: string, packed: number, limit: number = bounds.unpacked): Failure {
  return new Failure('unpacks-to-too-much', { path, packed: formatBytes(packed), limit: formatBytes(limit) })
}
