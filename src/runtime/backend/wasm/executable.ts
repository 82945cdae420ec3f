import { performance } from 'node:perf_hooks'
import { at, sizeOf } from '../../operations/support/element.js'
import type { Program, Value } from '../../program/program.js'
import { checkVariables, inputElements } from '../engine/check-bindings.js'
import type { Executable } from '../engine/engine.js'
import type { WasmMemory } from './memory.js'
import { openBindings, type WasmParts } from './program-bindings.js'
import { layOutProgram, type LayoutOptions } from './program-layout.js'

export interface WasmExecutableOptions extends LayoutOptions {
  /** Measures on one thread. */
  readonly profile?: boolean
}

/**
 * Plans the memory of a program and binds its kernels to addresses. They are bound again only if the arena has moved,
 * which it does when a program with a higher peak is prepared. Where threads pay, each of them has bindings of its own,
 * which differ in the scratch memory.
 */
export function prepareWasm(supplied: Program, parts: WasmParts, options: WasmExecutableOptions): Executable {
  const { memory, variables } = parts
  checkVariables(supplied, variables)
  const threads = options.profile === true ? undefined : parts.threads
  const layout = layOutProgram(supplied, memory, threads?.count, options)
  const bindings = openBindings(layout, parts, threads)
  const { program, running } = layout
  const inputs = program.values.filter((value) => value.kind === 'input')
  const seconds = new Map<string, number>()

  return {
    peakBytes: layout.peakBytes + layout.plan.keptBytes,
    run(values) {
      const { addresses, runs, runShared } = bindings.current()
      for (const input of inputs) writeInput(memory, input, at(addresses, input.id), values)
      if (runShared !== undefined) {
        runShared()
        return
      }
      if (options.profile !== true) {
        for (const run of runs) run()
        return
      }
      runs.forEach((run, i) => {
        const start = performance.now()
        run()
        const name = at(running, i).operation.operation
        seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - start) / 1000)
      })
    },
    read(output) {
      const id = program.outputs[output]
      const value = id === undefined ? undefined : program.values[id]
      if (id === undefined || value === undefined) throw new Error(`the program has no output '${output}'`)
      const [address, count] = [at(bindings.latest().addresses, id), sizeOf(value.shape)]
      return value.dtype === 'int32'
        ? Float32Array.from(memory.integers(address, count))
        : memory.floats(address, count).slice()
    },
    ...(options.profile === true ? { profile: () => Object.fromEntries(seconds) } : {}),
    dispose: bindings.dispose,
  }
}

function writeInput(
  memory: WasmMemory,
  input: Value,
  address: number,
  supplied: Parameters<Executable['run']>[0],
): void {
  const numbers = inputElements(input, supplied)
  const view =
    input.dtype === 'int32' ? memory.integers(address, numbers.length) : memory.floats(address, numbers.length)
  view.set(numbers)
}
