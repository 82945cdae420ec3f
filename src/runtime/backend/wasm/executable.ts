import { performance } from 'node:perf_hooks'
import { kernelOf } from './kernel-table.js'
import { at, sizeOf } from '../../operations/support/element.js'
import type { Program, Value } from '../../program/program.js'
import { inputElements, checkVariables } from '../engine/check-bindings.js'
import type { Executable } from '../engine/engine.js'
import { aligned, planMemory, type MemoryPlan, type PlanOptions } from '../engine/memory-plan.js'
import type { WasmArena } from './arena.js'
import { bindOperations, callsOf, type CalledOperation } from './bind-operations.js'
import type { Block, WasmMemory } from './memory.js'
import { openRecorder } from './record-calls.js'
import { planThreads, type ThreadPlanOptions } from './thread-plan.js'
import type { SharedProgram, WasmThreads } from './threads.js'
import type { WasmVariables } from './variables.js'
import { openConstantPool } from './constant-pool.js'

export interface WasmParts {
  readonly memory: WasmMemory
  readonly arena: WasmArena
  readonly variables: WasmVariables
  /** Absent: one thread. */
  readonly threads?: WasmThreads
}

export interface WasmExecutableOptions extends PlanOptions {
  /** Measures on one thread. */
  readonly profile?: boolean
  /** How programs are divided between threads: tests divide even those for which it does not pay. */
  readonly division?: ThreadPlanOptions
}

/**
 * Plans the memory of a program and binds its kernels to addresses. They are bound again only if the arena has moved,
 * which it does when a program with a higher peak is prepared. Where threads pay, each of them has bindings of its own,
 * which differ in the scratch memory.
 */
export function prepareWasm(supplied: Program, parts: WasmParts, options: WasmExecutableOptions): Executable {
  const { memory, arena, variables } = parts
  checkVariables(supplied, variables)
  const threads = options.profile === true ? undefined : parts.threads
  const suppliedCalls = callsOf(supplied)
  const threadPlan =
    threads === undefined ? undefined : planThreads(supplied, threads.count, options.division, suppliedCalls)
  const calls = threadPlan?.order.map((index) => at(suppliedCalls, index)) ?? suppliedCalls
  const program = threadPlan?.program ?? supplied
  const plan = planMemory(program, kernelOf, options, threadPlan?.timing)
  const running = calls.filter(({ operation }) => !plan.elided.has(operation))
  // A program that is divided has its operations in the order of the tasks.
  const taskSizes = threadPlan?.tasks.map((task) => task.filter((each) => !plan.elided.has(each)).length) ?? []
  const scratchBytes = aligned(running.reduce((most, call) => Math.max(most, scratchOf(call, memory)), 0))
  // Scratch lies before the values, so that what kernels read beyond the last value is still the arena's slack.
  const sharing = threadPlan === undefined ? undefined : threads
  const allScratchBytes = scratchBytes * (sharing?.count ?? 1)
  const peakBytes = allScratchBytes + plan.arenaBytes
  const blocks: Block[] = []
  const allocate = (bytes: number, purpose: string): number => {
    const block = memory.allocate(bytes, purpose)
    blocks.push(block)
    return block.address
  }
  const release = (): void => {
    for (const block of blocks.splice(0)) memory.free(block)
  }
  const slot = () => ({
    kept: allocate(aligned(plan.keptBytes), 'the outputs of a program'),
    words: openConstantPool(memory, allocate),
  })
  let slots = slot()
  if (arena.isInTheWay(peakBytes, blocks)) {
    release()
    arena.makeWay()
    slots = slot()
  }
  const { kept, words } = slots
  const inputs = program.values.filter((value) => value.kind === 'input')
  const seconds = new Map<string, number>()

  let boundAt = -1
  let runs: readonly (() => void)[] = []
  let shared: SharedProgram | undefined
  let addresses: readonly number[] = []
  let tasks: readonly (readonly (() => void)[])[] = []
  const bind = (): void => {
    arena.reserve(peakBytes)
    boundAt = arena.moves()
    words.reset()
    addresses = addressesOf(plan, variables, kept, arena.address() + allScratchBytes)
    runs = bindOperations(program, running, memory.kernels, {
      addresses,
      scratch: arena.address(),
      words: words.put,
      views: memory,
    })
    if (sharing === undefined || threadPlan === undefined) return
    tasks = divided(runs, taskSizes)
    shared?.drop()
    const own = new Set(threadPlan.own)
    const commands = Array.from({ length: sharing.count - 1 }, (_, i) => {
      const scratch = arena.address() + (i + 1) * scratchBytes
      const recorder = openRecorder(memory.kernels)
      const slots = { addresses, scratch, words: words.replay(), views: memory }
      divided(bindOperations(program, running, recorder.kernels, slots), taskSizes).forEach((task, index) => {
        if (!own.has(index)) task.forEach(recorder.record)
        recorder.endTask()
      })
      return recorder.commands()
    })
    shared = sharing.load(threadPlan, commands)
  }
  bind()
  const runTask = (task: number): void => {
    for (const run of at(tasks, task)) run()
  }

  return {
    peakBytes: peakBytes + plan.keptBytes,
    run(values) {
      if (boundAt !== arena.moves()) bind()
      for (const input of inputs) writeInput(memory, input, at(addresses, input.id), values)
      if (shared !== undefined) {
        shared.run(runTask)
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
      const [address, count] = [at(addresses, id), sizeOf(value.shape)]
      return value.dtype === 'int32'
        ? Float32Array.from(memory.integers(address, count))
        : memory.floats(address, count).slice()
    },
    ...(options.profile === true ? { profile: () => Object.fromEntries(seconds) } : {}),
    dispose() {
      shared?.drop()
      release()
    },
  }
}

/** Items in lists of these lengths. */
function divided<Item>(items: readonly Item[], sizes: readonly number[]): readonly (readonly Item[])[] {
  let end = 0
  return sizes.map((size) => items.slice(end, (end += size)))
}

function scratchOf(call: CalledOperation, memory: WasmMemory): number {
  return kernelOf(call.operation.operation)?.scratchBytes?.(memory.kernels, call) ?? 0
}

function addressesOf(plan: MemoryPlan, variables: WasmVariables, kept: number, arena: number): readonly number[] {
  return plan.slots.map((slot) => {
    if (slot.area === 'variable') return variables.address(slot.name)
    return slot.area === 'kept' ? kept + slot.offset : arena + slot.offset
  })
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
