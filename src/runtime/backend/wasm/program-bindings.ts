import { at } from '../../operations/support/element.js'
import { aligned, type MemoryPlan } from '../engine/memory-plan.js'
import type { WasmArena } from './arena.js'
import { bindOperations } from './bind-operations.js'
import { openConstantPool, type ConstantPool } from './constant-pool.js'
import type { Block, WasmMemory } from './memory.js'
import type { Division, ProgramLayout } from './program-layout.js'
import { openRecorder } from './record-calls.js'
import type { SharedProgram, WasmThreads } from './threads.js'
import type { WasmVariables } from './variables.js'

export interface WasmParts {
  readonly memory: WasmMemory
  readonly arena: WasmArena
  readonly variables: WasmVariables
  /** Absent: one thread. */
  readonly threads?: WasmThreads
}

/** The kernels of a program, bound to the addresses of its values. */
export interface Bound {
  /** By value. */
  readonly addresses: readonly number[]
  /** One call for each operation that runs, in order. */
  readonly runs: readonly (() => void)[]
  /** Runs all of them on all threads; absent where one thread runs them. */
  readonly runShared?: () => void
}

export interface Bindings {
  /** Bound anew if the arena has moved. */
  readonly current: () => Bound
  /** As they were bound last, by which what has run can be read. */
  readonly latest: () => Bound
  readonly dispose: () => void
}

/** @param threads who may run it; absent: this thread alone */
export function openBindings(layout: ProgramLayout, parts: WasmParts, threads: WasmThreads | undefined): Bindings {
  const { memory, arena, variables } = parts
  const { program, running, plan, allScratchBytes, peakBytes, division } = layout
  const { kept, constants, release } = openOwnMemory(parts, plan, peakBytes)
  let boundAt = -1
  let shared: SharedProgram | undefined
  const bind = (): Bound => {
    arena.reserve(peakBytes)
    boundAt = arena.moves()
    constants.reset()
    const addresses = addressesOf(plan, variables, kept, arena.address() + allScratchBytes)
    const [scratch, words] = [arena.address(), constants.put]
    const runs = bindOperations(program, running, memory.kernels, { addresses, scratch, words, views: memory })
    if (threads === undefined || division === undefined) return { addresses, runs }
    shared?.drop()
    const commands = commandsFor(threads.count - 1, { layout, division, parts, addresses, constants })
    const loaded = threads.load(division.threadPlan, commands)
    shared = loaded
    const tasks = divided(runs, division.taskSizes)
    const runTask = (task: number): void => {
      for (const run of at(tasks, task)) run()
    }
    return { addresses, runs, runShared: () => loaded.run(runTask) }
  }
  let bound = bind()
  return {
    current() {
      if (boundAt !== arena.moves()) bound = bind()
      return bound
    },
    latest: () => bound,
    dispose() {
      shared?.drop()
      release()
    },
  }
}

/** What a program keeps for itself beside the arena: the outputs that outlive a run, and the constants of its kernels. */
function openOwnMemory(
  { memory, arena }: WasmParts,
  plan: MemoryPlan,
  peakBytes: number,
): { readonly kept: number; readonly constants: ConstantPool; readonly release: () => void } {
  const blocks: Block[] = []
  const allocate = (bytes: number, purpose: string): number => {
    const block = memory.allocate(bytes, purpose)
    blocks.push(block)
    return block.address
  }
  const release = (): void => {
    for (const block of blocks.splice(0)) memory.free(block)
  }
  const open = () => ({
    kept: allocate(aligned(plan.keptBytes), 'the outputs of a program'),
    constants: openConstantPool(memory, allocate),
    release,
  })
  const own = open()
  if (!arena.isInTheWay(peakBytes, blocks)) return own
  release()
  arena.makeWay()
  return open()
}

/** What each of the other threads calls, task by task, with scratch memory of its own. */
function commandsFor(
  others: number,
  bound: {
    readonly layout: ProgramLayout
    readonly division: Division
    readonly parts: WasmParts
    readonly addresses: readonly number[]
    readonly constants: ConstantPool
  },
): readonly Float64Array[] {
  const { layout, division, parts, addresses, constants } = bound
  const { memory, arena } = parts
  const own = new Set(division.threadPlan.own)
  return Array.from({ length: others }, (_, i) => {
    const scratch = arena.address() + (i + 1) * layout.scratchBytes
    const recorder = openRecorder(memory.kernels)
    const slots = { addresses, scratch, words: constants.replay(), views: memory }
    const runs = bindOperations(layout.program, layout.running, recorder.kernels, slots)
    divided(runs, division.taskSizes).forEach((task, index) => {
      if (!own.has(index)) task.forEach(recorder.record)
      recorder.endTask()
    })
    return recorder.commands()
  })
}

/** Items in lists of these lengths. */
function divided<Item>(items: readonly Item[], sizes: readonly number[]): readonly (readonly Item[])[] {
  let end = 0
  return sizes.map((size) => items.slice(end, (end += size)))
}

function addressesOf(plan: MemoryPlan, variables: WasmVariables, kept: number, arena: number): readonly number[] {
  return plan.slots.map((slot) => {
    if (slot.area === 'variable') return variables.address(slot.name)
    return slot.area === 'kept' ? kept + slot.offset : arena + slot.offset
  })
}
