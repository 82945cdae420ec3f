import { sizeOf } from '../src/runtime/operations/support/element.js'
import type { Program } from '../src/runtime/program/program.js'

/** Bytes of what the forward pass leaves for the backward pass: temporaries that are there when that begins and are read in it or later. */
export function savedBytesOf({ operations, values }: Program): number {
  const boundary = operations.findIndex(({ phase }) => phase === 'backward')
  if (boundary < 0) return 0
  const before = new Set(operations.slice(0, boundary).flatMap(({ outputs }) => outputs))
  const read = new Set(operations.slice(boundary).flatMap(({ inputs }) => inputs))
  return values.reduce(
    (bytes, { kind, shape }, id) =>
      kind === 'temporary' && before.has(id) && read.has(id) ? bytes + 4 * sizeOf(shape) : bytes,
    0,
  )
}
