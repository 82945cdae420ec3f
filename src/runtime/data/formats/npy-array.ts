import { Failure } from '../../../catalogue/failure.js'
import { wrongLength } from '../wrong-length.js'

/** An array as NumPy stores it, in C order. */
export interface NpyArray {
  readonly path: string
  readonly shape: readonly number[]
  /** `u1`, `i8`, `f4`: kind and bytes of a number. */
  readonly type: string
  readonly isBigEndian: boolean
  readonly values: Uint8Array
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]

const headerOf = {
  type: /'descr':\s*'(?<order>[<>|=]?)(?<type>[a-zA-Z]\d+)'/u,
  order: /'fortran_order':\s*(?<fortran>True|False)/u,
  shape: /'shape':\s*\((?<shape>[\d,\s]*)\)/u,
} as const

/**
 * The format of NumPy's `save`: a magic, a version, a header of text with type, order and shape, then the numbers. Source:
 * NumPy Enhancement Proposal 1.
 * @throws Failure NAS7105 length, NAS7130 no such file
 */
export function parseNpy(path: string, content: Uint8Array): NpyArray {
  const refuse = (reason: string): Failure => new Failure('not-npy', { path, reason })
  if (magic.some((byte, place) => content[place] !== byte)) throw refuse('it does not begin with \\x93NUMPY')
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  const isLong = (content[6] ?? 0) >= 2
  const start = isLong ? 12 : 10
  if (content.length < start) throw refuse('it ends in its header')
  const begin = start + (isLong ? view.getUint32(8, true) : view.getUint16(8, true))
  if (content.length < begin) throw refuse('it ends in its header')
  const header = Buffer.from(content.subarray(start, begin)).toString('latin1')
  const [type, order, shape] = [headerOf.type.exec(header), headerOf.order.exec(header), headerOf.shape.exec(header)]
  if (type?.groups === undefined || order?.groups === undefined || shape?.groups === undefined) {
    throw refuse('its header does not say type, order and shape of numbers')
  }
  const sizes = (shape.groups['shape'] ?? '').split(',').flatMap((size) => (size.trim() === '' ? [] : [Number(size)]))
  if (order.groups['fortran'] === 'True' && sizes.length > 1) {
    throw refuse('it is in Fortran order: save `numpy.ascontiguousarray(…)` of it')
  }
  const word = type.groups['type'] ?? ''
  const bytes = sizes.reduce((product, size) => product * size, Number(word.slice(1)))
  if (content.length - begin !== bytes) {
    throw wrongLength(path, begin + bytes, content.length, `${sizes.join(' x ')} of ${word} behind its header`)
  }
  const isBigEndian = type.groups['order'] === '>'
  return { path, shape: sizes, type: word, isBigEndian, values: content.subarray(begin) }
}

/**
 * Whole numbers of any type.
 * @throws Failure NAS7130 others
 */
export function wholeNumbers({ path, type, isBigEndian, values }: NpyArray): Float64Array {
  const view = new DataView(values.buffer, values.byteOffset, values.byteLength)
  const little = !isBigEndian
  const readers: Readonly<Record<string, (place: number) => number>> = {
    b1: (place) => view.getUint8(place),
    u1: (place) => view.getUint8(place),
    i1: (place) => view.getInt8(place),
    u2: (place) => view.getUint16(place, little),
    i2: (place) => view.getInt16(place, little),
    u4: (place) => view.getUint32(place, little),
    i4: (place) => view.getInt32(place, little),
    u8: (place) => Number(view.getBigUint64(place, little)),
    i8: (place) => Number(view.getBigInt64(place, little)),
  }
  const read = readers[type]
  if (read === undefined) {
    throw new Failure('not-npy', { path, reason: `labels are whole numbers, and its numbers are ${type}` })
  }
  const size = Number(type.slice(1))
  return Float64Array.from({ length: values.length / size }, (_, index) => read(index * size))
}
