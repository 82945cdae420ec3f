import type { MultiplyAdd } from '../../kernels/multiply-add.js'
import type { Engine } from '../engine/engine.js'
import { openWasmArena } from './arena.js'
import { prepareWasm, type WasmExecutableOptions } from './executable.js'
import { openWasmMemory, type WasmMemory } from './memory.js'
import { defaultThreads } from './thread-count.js'
import { startThreads, type WasmThreads } from './threads.js'
import { openWasmVariables } from './variables.js'

export interface WasmEngineOptions extends WasmExecutableOptions {
  /** Results do not depend on it, to the bit. Two if not given, or one on a machine with one processor. */
  readonly threads?: number
  /** What this machine is best at if not given. */
  readonly multiplyAdd?: MultiplyAdd
}

/**
 * The embedded default: our kernels over the memory of the tfjs wasm backend. Where threads cannot be had it goes on with
 * one, and `note` says why.
 *
 * @throws Failure NAS7001 or NAS7002 if the kernel module is missing or stale, NAS7004 if the backend does not start
 */
export async function openWasmEngine(options: WasmEngineOptions = {}): Promise<Engine> {
  const requested = options.threads ?? defaultThreads()
  const opened = await openWasmMemory(requested > 1)
  const memory = options.multiplyAdd === undefined ? opened : opened.withMultiplyAdd(options.multiplyAdd)
  const { threads, note } = await openThreads(memory, requested)
  const arena = openWasmArena(memory)
  const variables = openWasmVariables(memory, () => arena.makeWay())
  const parts = { memory, arena, variables, ...(threads === undefined ? {} : { threads }) }
  return {
    backend: 'wasm',
    fusedKernels: true,
    threads: threads?.count ?? 1,
    ...(note === undefined ? {} : { note }),
    variables,
    prepare: (program) => prepareWasm(program, parts, options),
    dispose() {
      threads?.dispose()
      variables.dispose()
      arena.dispose()
    },
  }
}

async function openThreads(
  { shared, multiplyAdd }: WasmMemory,
  requested: number,
): Promise<{ readonly threads?: WasmThreads; readonly note?: string }> {
  if (requested === 1) return {}
  const refused = (reason: string) => ({ note: `one thread instead of ${String(requested)}: ${reason}` })
  if (shared === undefined) return refused('the memory of this process is not shared')
  try {
    return { threads: await startThreads(shared, requested, multiplyAdd) }
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}
