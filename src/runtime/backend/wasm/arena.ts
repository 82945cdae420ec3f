import type { Block, WasmMemory } from './memory.js'

/** The memory of temporaries, shared by all programs of an engine: only one runs at a time. */
export interface WasmArena {
  /** Makes sure that there is room for `bytes`. May move the arena: addresses in it hold until `moves` changes. */
  reserve(bytes: number): void
  address(): number
  moves(): number
  dispose(): void
}

export function openWasmArena(memory: WasmMemory): WasmArena {
  let block: Block | undefined
  let moves = 0
  const release = (): void => {
    if (block !== undefined) memory.free(block)
    block = undefined
  }
  return {
    reserve(bytes) {
      if (block !== undefined && block.bytes >= bytes) return
      // Both at once would not fit where one is large.
      const before = block?.bytes
      release()
      moves++
      try {
        block = memory.allocate(bytes, 'the memory of temporaries')
      } catch (failure) {
        if (before !== undefined) block = memory.allocate(before, 'the memory of temporaries')
        throw failure
      }
    },
    address() {
      if (block === undefined) throw new Error('nothing is reserved')
      return block.address
    },
    moves: () => moves,
    dispose: release,
  }
}
