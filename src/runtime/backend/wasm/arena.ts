import { Failure } from '../../../catalogue/failure.js'
import type { Block, WasmMemory } from './memory.js'

/**
 * The memory of temporaries, shared by all programs of an engine: only one runs at a time, and nothing in it outlives a
 * run. It is kept the last block of the memory, where it can grow: what is to stay takes its place first. A search that
 * samples paths, each with a higher peak and with weights of its own, would else leave behind a hole for each of them.
 */
export interface WasmArena {
  /** Makes sure that there is room for `bytes`. May move the arena: addresses in it hold until `moves` changes. */
  reserve(bytes: number): void
  /** Gives the room back until the next `reserve`, so that what is allocated now comes to lie before it. */
  makeWay(): void
  /** True if blocks that are to stay lie behind the arena, or if it must grow for `bytes`. */
  isInTheWay(bytes: number, blocks: readonly Block[]): boolean
  address(): number
  moves(): number
  dispose(): void
}

const PURPOSE = 'the memory of temporaries'

export function openWasmArena(memory: WasmMemory): WasmArena {
  let block: Block | undefined
  let most = 0
  let moves = 0
  const release = (): void => {
    if (block === undefined) return
    memory.free(block)
    block = undefined
    moves++
  }
  return {
    reserve(bytes) {
      if (block !== undefined && most >= bytes) return
      // Both at once would not fit where one is large.
      release()
      const capacity = Math.max(most, bytes)
      if (most > 0) extendEnd(memory, capacity, Math.floor(0.95 * most))
      block = memory.allocate(capacity, PURPOSE)
      most = block.bytes
    },
    makeWay: release,
    isInTheWay(bytes, blocks) {
      const { address } = block ?? {}
      return bytes > most || (address !== undefined && blocks.some((each) => each.address > address))
    },
    address() {
      if (block === undefined) throw new Error('nothing is reserved')
      return block.address
    },
    moves: () => moves,
    dispose() {
      release()
      most = 0
    },
  }
}

/**
 * Makes the free end of the memory, of which `free` bytes are known, as large as is wanted. The allocator would grow the
 * memory by all that it is asked for, however much is free at the end of it; so all of the free end but a little is taken,
 * and then what is missing.
 */
function extendEnd(memory: WasmMemory, capacity: number, free: number): void {
  if (capacity <= free) return
  const filler = memory.allocate(free, PURPOSE)
  try {
    memory.free(memory.allocate(capacity - free, PURPOSE))
  } catch (failure) {
    // Who asks for all of it will be told so, with the number.
    if (!(failure instanceof Failure)) throw failure
  } finally {
    memory.free(filler)
  }
}
