import { at } from '../../operations/support/element.js'
import type { Program, ValueId } from '../../program/program.js'
import type { PlannedKernel } from './choose-kernels.js'

/** What runs at once: one operation of TensorFlow, or operations of ours that follow each other. Times are places in the program. */
export type ProgramSegment =
  | { readonly by: 'tensorflow'; readonly time: number }
  | {
      readonly by: 'us'
      readonly times: readonly number[]
      /** Tensors of TensorFlow that it reads, variables among them. */
      readonly inputs: readonly ValueId[]
      /** Tensors that it makes for TensorFlow and for the caller. */
      readonly outputs: readonly ValueId[]
    }

/** The operations of a part, in order. */
export function timesOf(part: ProgramSegment): readonly number[] {
  return part.by === 'us' ? part.times : [part.time]
}

/**
 * Values that TensorFlow must see: what the caller gives and reads, variables, what its operations read and make. All
 * others are between operations of ours.
 */
export function tensorsOf(program: Program, plan: readonly PlannedKernel[]): ReadonlySet<ValueId> {
  const tensors = new Set<ValueId>(Object.values(program.outputs))
  for (const { id, kind } of program.values) if (kind !== 'temporary') tensors.add(id)
  program.operations.forEach(({ inputs, outputs }, time) => {
    if (at(plan, time).by === 'tensorflow') for (const id of [...inputs, ...outputs]) tensors.add(id)
  })
  return tensors
}

/**
 * The parts of a program, in order.
 *
 * @param apart every operation is a part of its own, to measure it
 */
export function partsOf(
  program: Program,
  plan: readonly PlannedKernel[],
  tensors: ReadonlySet<ValueId>,
  { apart = false }: { readonly apart?: boolean } = {},
): readonly ProgramSegment[] {
  const runs: number[][] = []
  plan.forEach(({ by }, time) => {
    const last = runs.at(-1)
    if (last === undefined || apart || by === 'tensorflow' || at(plan, at(last, 0)).by === 'tensorflow')
      runs.push([time])
    else last.push(time)
  })
  return runs.map((times): ProgramSegment => {
    const [time] = times
    if (time !== undefined && at(plan, time).by === 'tensorflow') return { by: 'tensorflow', time }
    const made = new Set<ValueId>()
    const inputs = new Set<ValueId>()
    for (const time of times) {
      const operation = at(program.operations, time)
      for (const id of operation.inputs) if (tensors.has(id) && !made.has(id)) inputs.add(id)
      for (const id of operation.outputs) if (tensors.has(id)) made.add(id)
    }
    return { by: 'us', times, inputs: [...inputs], outputs: [...made] }
  })
}
