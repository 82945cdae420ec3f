import { at } from '../../operations/support/element.js'
import type { Program } from '../../program/program.js'
import { aligned, planMemory, type MemoryPlan, type PlanOptions } from '../engine/memory-plan.js'
import { callsOf, type CalledOperation } from './bind-operations.js'
import { kernelOf } from './kernel-table.js'
import type { WasmMemory } from './memory.js'
import { planThreads, type ThreadPlan, type ThreadPlanOptions } from './thread-plan.js'

export interface LayoutOptions extends PlanOptions {
  /** How programs are divided between threads: tests divide even those for which it does not pay. */
  readonly division?: ThreadPlanOptions
}

/** In which order a program runs, and how much memory it takes. */
export interface ProgramLayout {
  readonly program: Program
  /** The operations that are not elided, in order. */
  readonly running: readonly CalledOperation[]
  readonly plan: MemoryPlan
  /** Absent: one thread runs it. */
  readonly division?: Division
  /** Scratch memory of one thread. */
  readonly scratchBytes: number
  /** Scratch memory of all threads. It lies before the values, so that what kernels read beyond the last value is still the arena's slack. */
  readonly allScratchBytes: number
  /** Of the arena. */
  readonly peakBytes: number
}

/** A program that is divided has its operations in the order of the tasks. */
export interface Division {
  readonly threadPlan: ThreadPlan
  /** How many operations run in each task. */
  readonly taskSizes: readonly number[]
}

/** @param threads absent: one */
export function layOutProgram(
  supplied: Program,
  memory: WasmMemory,
  threads: number | undefined,
  options: LayoutOptions,
): ProgramLayout {
  const suppliedCalls = callsOf(supplied)
  const threadPlan = threads === undefined ? undefined : planThreads(supplied, threads, options.division, suppliedCalls)
  const calls = threadPlan?.order.map((index) => at(suppliedCalls, index)) ?? suppliedCalls
  const program = threadPlan?.program ?? supplied
  const plan = planMemory(program, kernelOf, options, threadPlan?.timing)
  const running = calls.filter(({ operation }) => !plan.elided.has(operation))
  const scratchBytes = aligned(running.reduce((most, call) => Math.max(most, scratchOf(call, memory)), 0))
  const allScratchBytes = scratchBytes * (threadPlan === undefined ? 1 : (threads ?? 1))
  return {
    program,
    running,
    plan,
    scratchBytes,
    allScratchBytes,
    peakBytes: allScratchBytes + plan.arenaBytes,
    ...(threadPlan !== undefined && {
      division: {
        threadPlan,
        taskSizes: threadPlan.tasks.map((task) => task.filter((each) => !plan.elided.has(each)).length),
      },
    }),
  }
}

function scratchOf(call: CalledOperation, memory: WasmMemory): number {
  return kernelOf(call.operation.operation)?.scratchBytes?.(memory.kernels, call) ?? 0
}
