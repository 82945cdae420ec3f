/** The bytes of numbers, little-endian whatever the machine. */
export function littleEndian(data: Float32Array): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 * data.length))
  data.forEach((value, i) => {
    bytes.setFloat32(4 * i, value, true)
  })
  return new Uint8Array(bytes.buffer)
}

/** The bytes of integers of 64 bits. */
export function littleEndianIntegers(values: readonly number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8 * values.length))
  values.forEach((value, i) => {
    bytes.setBigInt64(8 * i, BigInt(value), true)
  })
  return new Uint8Array(bytes.buffer)
}
