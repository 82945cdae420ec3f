import { performance } from 'node:perf_hooks'
import { kernelOf } from './kernel-table.js'
import { at, sizeOf } from '../../operations/support/element.js'
import type { Operation, Program, Value } from '../../program/program.js'
import { demandInput, demandVariables } from '../engine/demand.js'
import type { Executable } from '../engine/engine.js'
import { aligned, planMemory, type MemoryPlan, type PlanOptions } from '../engine/memory-plan.js'
import type { WasmArena } from './arena.js'
import { bindOperations, callOf, type BoundOperation } from './bind-operations.js'
import type { Block, WasmMemory } from './memory.js'
import { encodeTasks, openRecorder, type KernelCallRecord } from './record-calls.js'
import { planThreads, type ThreadPlanOptions } from './thread-plan.js'
import type { SharedProgram, WasmThreads } from './threads.js'
import type { WasmVariables } from './variables.js'
import { openWords } from './words.js'

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
  demandVariables(supplied, variables)
  const threads = options.profile === true ? undefined : parts.threads
  const threadPlan = threads === undefined ? undefined : planThreads(supplied, threads.count, options.division)
  const program = threadPlan?.program ?? supplied
  const plan = planMemory(program, kernelOf, options, threadPlan?.timing)
  const running = program.operations.filter((operation) => !plan.elided.has(operation))
  const scratchBytes = aligned(
    running.reduce((most, operation) => Math.max(most, scratchOf(program, operation, memory)), 0),
  )
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
    words: openWords(memory, allocate),
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
  let steps: readonly BoundOperation[] = []
  let shared: SharedProgram | undefined
  let addresses: readonly number[] = []
  let tasks: readonly (readonly (() => void)[])[] = []
  const bind = (): void => {
    arena.reserve(peakBytes)
    boundAt = arena.moves()
    words.reset()
    addresses = addressesOf(plan, variables, kept, arena.address() + allScratchBytes)
    steps = bindOperations(program, running, memory.kernels, {
      addresses,
      scratch: arena.address(),
      words: words.put,
      views: memory,
    })
    if (sharing === undefined || threadPlan === undefined) return
    const runs = new Map(steps.map((step) => [step.operation, step.run]))
    tasks = threadPlan.tasks.map((task) => task.flatMap((operation) => runs.get(operation) ?? []))
    shared?.drop()
    const recorder = openRecorder(memory.kernels)
    const own = new Set(threadPlan.own)
    const commands = Array.from({ length: sharing.count - 1 }, (_, i) => {
      const scratch = arena.address() + (i + 1) * scratchBytes
      const slots = { addresses, scratch, words: words.replay(), views: memory }
      const bound = bindOperations(program, running, recorder.kernels, slots)
      const runs = new Map(bound.map(({ operation, run }) => [operation, run]))
      const callsOf = (operation: Operation): readonly KernelCallRecord[] => {
        const run = runs.get(operation)
        return run === undefined ? [] : recorder.record(run)
      }
      return encodeTasks(threadPlan.tasks.map((task, index) => (own.has(index) ? [] : task.flatMap(callsOf))))
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
        for (const step of steps) step.run()
        return
      }
      for (const { run, operation } of steps) {
        const start = performance.now()
        run()
        const name = operation.operation
        seconds.set(name, (seconds.get(name) ?? 0) + (performance.now() - start) / 1000)
      }
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

function scratchOf(program: Program, operation: Operation, memory: WasmMemory): number {
  return kernelOf(operation.operation)?.scratchBytes?.(memory.kernels, callOf(program, operation)) ?? 0
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
  const numbers = demandInput(input, supplied)
  const view =
    input.dtype === 'int32' ? memory.integers(address, numbers.length) : memory.floats(address, numbers.length)
  view.set(numbers)
}
