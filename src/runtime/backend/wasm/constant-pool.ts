import { at } from '../../operations/support/element.js'
import type { WasmMemory } from './memory.js'

type Put = (values: readonly number[]) => number

/** The constants of one program. */
export interface ConstantPool {
  readonly put: Put
  /** Forgets all words but keeps the memory: the same program puts the same number of them again. */
  reset(): void
  /** For a further binding of the same program, which puts the same words: gives their addresses in the same order. */
  replay(): Put
}

/** Words of 32 bits that kernels read (lists of addresses), in chunks that never move; the first is there from the beginning. */
export function openConstantPool(
  memory: WasmMemory,
  allocate: (bytes: number, purpose: string) => number,
): ConstantPool {
  const CHUNK = 65_536
  const chunks: { readonly address: number; readonly bytes: number }[] = []
  const grow = (least: number): void => {
    const bytes = Math.max(CHUNK, least)
    chunks.push({ address: allocate(bytes, 'the constants of a program'), bytes })
  }
  grow(CHUNK)
  let supplied: number[] = []
  let chunk = 0
  let used = 0
  return {
    reset() {
      supplied = []
      chunk = 0
      used = 0
    },
    replay() {
      let next = 0
      return () => at(supplied, next++)
    },
    put(values) {
      const bytes = 4 * values.length
      while (used + bytes > at(chunks, chunk).bytes) {
        chunk++
        used = 0
        if (chunk === chunks.length) grow(bytes)
      }
      const address = at(chunks, chunk).address + used
      used += bytes
      // Addresses above 2 GiB wrap into negative words and back.
      memory.integers(address, values.length).set(values)
      supplied.push(address)
      return address
    },
  }
}
