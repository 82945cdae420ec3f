import type { Engine } from './engine.js'
import { openWasmArena } from './wasm/arena.js'
import { prepareWasm, type WasmExecutableOptions } from './wasm/executable.js'
import { openWasmMemory } from './wasm/memory.js'
import { openWasmVariables } from './wasm/variables.js'

/**
 * The embedded default: our kernels over the memory of the tfjs wasm backend, one thread.
 *
 * @throws Failure NAS7001 or NAS7002 if the kernel module is missing or stale, NAS7004 if the backend does not start
 */
export async function openWasmEngine(options: WasmExecutableOptions = {}): Promise<Engine> {
  const memory = await openWasmMemory()
  const variables = openWasmVariables(memory)
  const arena = openWasmArena(memory)
  return {
    backend: 'wasm',
    threads: 1,
    variables,
    prepare: (program) => prepareWasm(program, { memory, arena, variables }, options),
    dispose() {
      variables.dispose()
      arena.dispose()
    },
  }
}
