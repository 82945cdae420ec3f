import { at, sizeOf } from '../../operations/support/element.js'
import type { Operation, Program, Value, ValueId } from '../../program/program.js'
import type { Interval } from './interval.js'
import { packIntervals } from './pack-intervals.js'

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
  const owners = bufferOwners(values.length)
  const elided = new Set<Operation>()
  if (reuse) {
    operations.forEach((operation) => {
      if (traitsOf(operation.operation)?.alias === true && shareWithInput(program, owners, operation))
        elided.add(operation)
    })
    for (const id of [...kept]) kept.add(owners.rootOf(id))
  }
  const liveness = livenessOf(program, owners, timing)
  const buffers: Buffers = { program, bytes, kept, owners, liveness }
  const start = new Int32Array(values.length).fill(-1)
  operations.forEach((operation, index) => {
    if (elided.has(operation)) return
    const { outputs } = operation
    for (let i = 0; i < outputs.length; i++) start[at(outputs, i)] = at(timing.times, index)
    const inPlace = traitsOf(operation.operation)?.inPlace
    if (reuse && inPlace !== undefined) placeInDonor(buffers, index, inPlace, timing)
  })
  return { ...placeBuffers(buffers, start, reuse), elided }
}

/** Whose buffer a value uses. */
interface BufferOwners {
  readonly rootOf: (id: ValueId) => ValueId
  /** From now on a value uses the buffer of another one. */
  share(id: ValueId, root: ValueId): void
}

function bufferOwners(count: number): BufferOwners {
  // Several steps lead to the first owner.
  const owner = ascending(count)
  return {
    rootOf(id) {
      let root = id
      for (let next = owner[root] ?? root; next !== root; next = owner[root] ?? root) root = next
      return root
    },
    share: (id, root) => (owner[id] = root),
  }
}

/** Gives the output of a reshape the buffer of its input. @returns whether nothing is left to compute */
function shareWithInput({ values }: Program, owners: BufferOwners, { inputs, outputs }: Operation): boolean {
  const root = owners.rootOf(at(inputs, 0))
  // A variable changes when it is updated, and its other shape must not.
  if (values[root]?.kind === 'variable') return false
  owners.share(at(outputs, 0), root)
  return true
}

/** By owner of a buffer. */
interface Liveness {
  /** When it is last used by the values that it was given to first. */
  readonly lastUse: Int32Array
  /** When it is last used by all that use it. */
  readonly end: Int32Array
  /** The operation that is the last to touch it: in its memory that operation may put its output. */
  readonly lastToucher: Int32Array
  /** The task of all that touch it at that time; MANY if several tasks do. */
  readonly lastTask: Int32Array
}

const MANY = -2

function livenessOf({ values, operations }: Program, { rootOf }: BufferOwners, timing: Timing): Liveness {
  const lastUse = new Int32Array(values.length).fill(-1)
  const lastToucher = Int32Array.from(lastUse)
  const lastTask = Int32Array.from(lastUse)
  const touch = (id: ValueId, index: number): void => {
    const time = timing.times[index] ?? 0
    const task = timing.tasks[index] ?? 0
    const root = rootOf(id)
    lastTask[root] = lastUse[root] !== time || lastTask[root] === task ? task : MANY
    lastUse[root] = time
    lastToucher[root] = index
  }
  for (let index = 0; index < operations.length; index++) {
    const { inputs, outputs } = at(operations, index)
    for (let i = 0; i < inputs.length; i++) touch(inputs[i] ?? 0, index)
    for (let i = 0; i < outputs.length; i++) touch(outputs[i] ?? 0, index)
  }
  return { lastUse, end: Int32Array.from(lastUse), lastToucher, lastTask }
}

interface Buffers {
  readonly program: Program
  readonly bytes: readonly number[]
  /** Values that outlive the program: its outputs. */
  readonly kept: ReadonlySet<ValueId>
  readonly owners: BufferOwners
  readonly liveness: Liveness
}

/** Puts the first output of an operation into the memory of an input that dies with it, where there is one. */
function placeInDonor(
  { program: { values, operations }, bytes, kept, owners, liveness }: Buffers,
  index: number,
  inPlace: NonNullable<MemoryTraits['inPlace']>,
  timing: Timing,
): void {
  const { lastUse, end, lastToucher, lastTask } = liveness
  const isInArena = (root: ValueId): boolean => values[root]?.kind !== 'variable' && !kept.has(root)
  const operation = at(operations, index)
  const first = operation.outputs[0]
  if (first === undefined || !isInArena(first) || owners.rootOf(first) !== first) return
  const donor = donorOf(operation, inPlace, (input) => {
    const root = owners.rootOf(input)
    const dies =
      end[root] === at(timing.times, index) && lastToucher[root] === index && lastTask[root] === at(timing.tasks, index)
    return isInArena(root) && dies && bytes[root] === bytes[first]
  })
  if (donor === undefined) return
  const root = owners.rootOf(donor)
  owners.share(first, root)
  end[root] = Math.max(end[root] ?? 0, lastUse[first] ?? 0)
  lastToucher[root] = at(lastToucher, first)
  lastTask[root] = at(lastTask, first)
}

/** Addresses: outputs behind each other, all that is left packed. @param start when a buffer is first written */
function placeBuffers(
  { program: { values }, bytes, kept, owners: { rootOf }, liveness: { end } }: Buffers,
  start: Int32Array,
  reuse: boolean,
): Omit<MemoryPlan, 'elided'> {
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
  return { slots: values.map(slotOf), arenaBytes: packed.bytes, keptBytes, liveBytes: packed.liveBytes }
}

function oneByOne(count: number): Timing {
  const order = ascending(count)
  return { times: order, tasks: order }
}

/** 0, 1, 2 … */
function ascending(count: number): Int32Array {
  const numbers = new Int32Array(count)
  for (let i = 0; i < count; i++) numbers[i] = i
  return numbers
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
    if (!allowed(position) || !dies(input)) return false
    // A value that stands at another place too must be allowed there as well.
    return operation.inputs.every((other, at) => other !== input || allowed(at))
  })
}

export function aligned(bytes: number): number {
  return Math.ceil(Math.max(bytes, 1) / ALIGNMENT) * ALIGNMENT
}
