import { at, sizeOf } from '../../operations/support/element.js'
import type { Operation, Program, Value, ValueId } from '../../program/program.js'
import { packIntervals, type Interval } from './pack-intervals.js'

/** Vectors must not straddle cache lines. */
export const ALIGNMENT = 64

/** Where a value lives. Offsets in bytes. */
export type MemorySlot =
  /** Shared by values that are not alive at the same time. */
  | { readonly area: 'arena'; readonly offset: number }
  /** Never shared: outputs of the program, which stay readable after a run. */
  | { readonly area: 'kept'; readonly offset: number }
  | { readonly area: 'variable'; readonly name: string }

export interface MemoryPlan {
  /** By value. */
  readonly slots: readonly MemorySlot[]
  /** Operations that need not run, since their output is their input under another shape. */
  readonly elided: ReadonlySet<Operation>
  readonly arenaBytes: number
  readonly keptBytes: number
  /** The greatest sum of bytes of values alive at one time: no plan can take less than this. */
  readonly liveBytes: number
}

/** What the plan must know of the kernel of an operation. */
export interface MemoryTraits {
  /** Positions of the inputs whose memory the first output may take if they die here; `rest`: all but the first. */
  readonly inPlace?: readonly number[] | 'all' | 'rest'
  /** The output is the input under another shape; nothing need run. */
  readonly alias?: true
}

export interface PlanOptions {
  /** False: every value has memory of its own. To test that sharing changes nothing. */
  readonly reuse?: boolean
}

/**
 * When the operations of a program run, where threads run several at a time. One entry per operation. Times do not fall;
 * whatever shares a time may run at once, except that operations of one task keep their order.
 */
export interface Timing {
  readonly times: ArrayLike<number>
  readonly tasks: ArrayLike<number>
}

/**
 * A static memory plan, as ggml-alloc's: liveness, outputs in the memory of inputs that die (where the kernel allows it),
 * reshapes without a copy, and all that is left packed into one arena.
 *
 * @param traitsOf nothing is shared by an operation of which it knows nothing
 * @param timing one operation after another if not given
 */
export function planMemory(
  program: Program,
  traitsOf: (operation: string) => MemoryTraits | undefined,
  { reuse = true }: PlanOptions = {},
  timing: Timing = oneByOne(program.operations.length),
): MemoryPlan {
  const { values, operations } = program
  const bytes = values.map((value) => aligned(4 * sizeOf(value.shape)))
  const kept = new Set(Object.values(program.outputs))
  // Value whose buffer a value uses; several steps lead to the first owner.
  const owner = new Int32Array(values.length).map((_, id) => id)
  const rootOf = (id: ValueId): ValueId => {
    let root = id
    for (let next = at(owner, root); next !== root; next = at(owner, root)) root = next
    return root
  }

  const elided = new Set<Operation>()
  if (reuse) {
    operations.forEach((operation) => {
      if (traitsOf(operation.operation)?.alias !== true) return
      const [input, output] = [at(operation.inputs, 0), at(operation.outputs, 0)]
      // A variable changes when it is updated, and its other shape must not.
      if (values[rootOf(input)]?.kind === 'variable') return
      owner[output] = rootOf(input)
      elided.add(operation)
    })
    for (const id of [...kept]) kept.add(rootOf(id))
  }

  const lastUse = new Int32Array(values.length).fill(-1)
  // The operation that is the last to touch a value, and the task of all that touch it at that time: in its memory that
  // operation may put its output. MANY if several tasks do.
  const lastToucher = new Int32Array(values.length).fill(-1)
  const lastTask = new Int32Array(values.length).fill(-1)
  operations.forEach(({ inputs, outputs }, index) => {
    const [time, task] = [at(timing.times, index), at(timing.tasks, index)]
    const touch = (id: ValueId): void => {
      const root = rootOf(id)
      lastTask[root] = lastUse[root] !== time || lastTask[root] === task ? task : MANY
      lastUse[root] = time
      lastToucher[root] = index
    }
    inputs.forEach(touch)
    outputs.forEach(touch)
  })

  const end = Int32Array.from(lastUse)
  const start = new Int32Array(values.length).fill(-1)
  const needsArena = (id: ValueId): boolean => values[id]?.kind !== 'variable' && !kept.has(id) && rootOf(id) === id
  operations.forEach((operation, index) => {
    if (elided.has(operation)) return
    const [time, task] = [at(timing.times, index), at(timing.tasks, index)]
    operation.outputs.forEach((id) => (start[id] = time))
    const first = operation.outputs[0]
    const inPlace = traitsOf(operation.operation)?.inPlace
    if (!reuse || inPlace === undefined || first === undefined || !needsArena(first)) return
    const heir = donorOf(operation, inPlace, (input) => {
      const root = rootOf(input)
      const dies = end[root] === time && lastToucher[root] === index && lastTask[root] === task
      return values[root]?.kind !== 'variable' && !kept.has(root) && dies && bytes[root] === bytes[first]
    })
    if (heir === undefined) return
    const root = rootOf(heir)
    owner[first] = root
    end[root] = Math.max(end[root] ?? 0, lastUse[first] ?? 0)
    lastToucher[root] = at(lastToucher, first)
    lastTask[root] = at(lastTask, first)
  })

  const intervals: Interval[] = []
  /** By owner of a buffer, the number of its interval. */
  const intervalOf = new Int32Array(values.length)
  let keptBytes = 0
  const keptAt = new Map<ValueId, number>()
  values.forEach((value, id) => {
    if (value.kind === 'variable' || rootOf(id) !== id) return
    const size = at(bytes, id)
    if (kept.has(id) || !reuse) {
      keptAt.set(id, keptBytes)
      keptBytes += size
    } else {
      intervalOf[id] = intervals.length
      intervals.push({ bytes: size, start: at(start, id), end: Math.max(at(end, id), at(start, id)) })
    }
  })
  const packed = packIntervals(intervals)
  const slotOf = (value: Value): MemorySlot => {
    if (value.kind === 'variable') return { area: 'variable', name: value.name ?? '' }
    const root = rootOf(value.id)
    const offset = keptAt.get(root)
    if (offset !== undefined) return { area: 'kept', offset }
    return { area: 'arena', offset: at(packed.offsets, at(intervalOf, root)) }
  }
  return {
    slots: values.map(slotOf),
    elided,
    arenaBytes: packed.bytes,
    keptBytes,
    liveBytes: packed.liveBytes,
  }
}

const MANY = -2

function oneByOne(count: number): Timing {
  const order = new Int32Array(count).map((_, index) => index)
  return { times: order, tasks: order }
}

/** The first input that the kernel may overwrite and that `dies` here. */
function donorOf(
  operation: Operation,
  inPlace: NonNullable<MemoryTraits['inPlace']>,
  dies: (input: ValueId) => boolean,
): ValueId | undefined {
  const allowed = (position: number): boolean =>
    inPlace === 'all' || (inPlace === 'rest' ? position > 0 : inPlace.includes(position))
  return operation.inputs.find((input, position) => {
    // A value that stands at another place too must be allowed there as well.
    return operation.inputs.every((other, at) => other !== input || allowed(at)) && allowed(position) && dies(input)
  })
}

export function aligned(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT
}
