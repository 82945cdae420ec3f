import { littleEndian, littleEndianIntegers } from '../little-endian.js'

/** A named array of a file. */
export interface StoredTensor {
  readonly name: string
  readonly shape: readonly number[]
  /** Numbers of 32 bits, or integers, which are stored in 64. */
  readonly data: Float32Array | readonly number[]
}

/** The header is filled up with spaces to a multiple of this, so that the arrays are aligned. */
const alignment = 8

/**
 * A file in the format of safetensors (https://github.com/huggingface/safetensors): length of the header in 64 bits, header in
 * JSON, the arrays one behind the other, little-endian.
 */
export function encodeSafetensors(
  tensors: readonly StoredTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const parts = tensors.map(({ data }) =>
    data instanceof Float32Array ? littleEndian(data) : littleEndianIntegers(data),
  )
  let offset = 0
  const entries = tensors.map(({ name, shape, data }, i) => {
    const from = offset
    offset += parts[i]?.length ?? 0
    return [name, { dtype: data instanceof Float32Array ? 'F32' : 'I64', shape, data_offsets: [from, offset] }] as const
  })
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }))
  const header = Buffer.alloc(Math.ceil(text.length / alignment) * alignment, ' ')
  text.copy(header)
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(header.length))
  return Buffer.concat([length, header, ...parts])
}
