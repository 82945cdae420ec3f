import type { DataFile } from '../data-file.js'
import { wrongLength } from '../wrong-length.js'
import { Failure } from '../../../catalogue/failure.js'

/** An IDX array of unsigned bytes, the format of MNIST: magic `00 00 08 <rank>`, the sizes big-endian, then the bytes. */
export interface IdxArray {
  readonly sizes: readonly number[]
  readonly values: Uint8Array
}

/** What an IDX file must hold. */
export interface IdxRole {
  readonly what: string
  /** Numbers of dimensions that it may have, the usual one first. */
  readonly ranks: readonly number[]
  readonly dimensions: string
}

/**
 * Source of the format: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", file formats.
 * @throws Failure NAS7104 wrong magic, NAS7105 wrong length, NAS7106 wrong dimensions
 */
export function parseIdx(file: DataFile, role: IdxRole): IdxArray {
  const { content, path } = file
  const magic = content.subarray(0, 4)
  const rank = magic[3] ?? 0
  if (magic.length < 4 || magic[0] !== 0 || magic[1] !== 0 || magic[2] !== unsignedByte || rank === 0) {
    const expected = role.ranks.map((each) => `00 00 08 0${String(each)}`).join(' or ')
    throw new Failure('not-idx', { path, role: role.what, expected, found: hex(magic) })
  }
  const header = 4 + 4 * rank
  if (content.length < header) {
    throw wrongLength(path, header, content.length, `a header with ${String(rank)} dimensions`)
  }
  const view = new DataView(content.buffer, content.byteOffset, header)
  const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
  if (!role.ranks.includes(rank)) {
    const found = sizes.join(' x ')
    throw new Failure('wrong-dimensions', { path, role: role.what, expected: role.dimensions, found })
  }
  const expected = header + sizes.reduce((product, size) => product * size, 1)
  if (content.length !== expected) throw wrongLength(path, expected, content.length, sizes.join(' x '))
  return { sizes, values: content.subarray(header) }
}

const unsignedByte = 0x08

function hex(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'nothing: it is empty'
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
