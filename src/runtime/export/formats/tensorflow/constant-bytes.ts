import { littleEndian } from '../little-endian.js'

/** The bytes of a constant, little-endian. */
export function constantBytes(data: Float32Array | Int32Array): Uint8Array {
  if (data instanceof Float32Array) return littleEndian(data)
  const bytes = Buffer.alloc(4 * data.length)
  data.forEach((value, i) => bytes.writeInt32LE(value, 4 * i))
  return bytes
}
