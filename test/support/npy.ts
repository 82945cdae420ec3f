/** An array as NumPy's `save` writes it. */
export function npyFile(type: string, shape: readonly number[], values: Uint8Array, order = '|'): Buffer {
  const sizes = shape.length === 1 ? `${String(shape[0])},` : shape.join(', ')
  const text = `{'descr': '${order}${type}', 'fortran_order': False, 'shape': (${sizes}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = Buffer.from(`${text.padEnd(length - 1)}\n`, 'latin1')
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length % 256, length >> 8])
  return Buffer.concat([magic, header, values])
}

/** Labels of eight bytes, as NumPy has whole numbers. */
export function npyLabels(labels: readonly number[]): Buffer {
  return npyFile('i8', [labels.length], new Uint8Array(BigInt64Array.from(labels, BigInt).buffer), '<')
}
