import { at } from '../../operations/element.js'
import type { WasmMemory } from './memory.js'

type Put = (values: readonly number[]) => number

export interface Words {
  readonly put: Put
  /** Forgets all words but keeps the memory: the same program puts the same number of them again. */
  reset(): void
  /** For a further binding of the same program, which puts the same words: gives their addresses in the same order. */
  replay(): Put
}

/** Words that kernels read (lists of addresses), in chunks that never move. */
export function openWords(memory: WasmMemory, allocate: (bytes: number, purpose: string) => number): Words {
  const CHUNK = 65_536
  const chunks: number[] = []
  let given: number[] = []
  let chunk = -1
  let used = CHUNK
  return {
    reset() {
      given = []
      chunk = -1
      used = CHUNK
    },
    replay() {
      let next = 0
      return () => at(given, next++)
    },
    put(values) {
      const bytes = 4 * values.length
      if (used + bytes > CHUNK) {
        chunk++
        used = 0
        if (chunk === chunks.length) chunks.push(allocate(Math.max(CHUNK, bytes), 'the constants of a program'))
      }
      const address = at(chunks, chunk) + used
      used += bytes
      // Addresses above 2 GiB wrap into negative words and back.
      memory.integers(address, values.length).set(values)
      given.push(address)
      return address
    },
  }
}
