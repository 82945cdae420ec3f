import { at } from '../../operations/support/element.js'
import type { Program, ValueId } from '../../program/program.js'
import { ALIGNMENT, planMemory, type MemoryTraits } from '../engine/memory-plan.js'
import type { TensorId } from './binding.js'
import type { PlannedKernel } from './choose-kernels.js'
import { nativeKernelOf } from './native-table.js'
import type { ProgramSegment } from './segments.js'
import type { Session } from './session.js'

/** Operations of ours, handed over beforehand and run segment by segment: see `native/program.h`. */
export interface NativeProgram {
  /** Bytes of the values that TensorFlow does not see. */
  readonly arenaBytes: number
  /** The run of a part: takes the tensors that it reads, gives those that it makes. */
  bind(part: ProgramSegment & { readonly by: 'us' }): (...inputs: TensorId[]) => readonly TensorId[]
  dispose(): void
}

/** Plans the memory of the values between operations of ours and gives the program to the C++ side. */
export function openNativeProgram(
  session: Session,
  program: Program,
  plan: readonly PlannedKernel[],
  parts: readonly ProgramSegment[],
  tensors: ReadonlySet<ValueId>,
): NativeProgram {
  const segments = parts.filter((part) => part.by === 'us')
  if (segments.length === 0) return nothing
  const { slots, arenaBytes } = planMemory(withoutTensors(program, tensors), traitsOf)
  const lines = program.values.map(({ id }) => {
    const slot = at(slots, id)
    return tensors.has(id) || slot.area !== 'arena' ? -1 : slot.offset / ALIGNMENT
  })
  const { binding } = session
  const words = encode(program, plan, segments, { lines, arenaLines: arenaBytes / ALIGNMENT })
  const tensor = binding.createTensor([words.length], binding.TF_FLOAT, new Float32Array(words.buffer))
  const number = at(binding.tensorDataSync(at(session.native('NascDefine', {}, 1)(tensor), 0)), 0)
  for (const id of [tensor, ...session.takeMade()]) binding.deleteTensor(id)
  return {
    arenaBytes,
    bind: (part) => session.native('NascRun', { ints: [number, segments.indexOf(part)] }, part.outputs.length),
    dispose() {
      session.native('NascForget', { ints: [number] }, 0)()
    },
  }
}

const nothing: NativeProgram = {
  arenaBytes: 0,
  bind() {
    throw new Error('there is no operation of ours')
  },
  dispose() {},
}

/** The same program in which values have no size that have memory of TensorFlow's. */
function withoutTensors(program: Program, tensors: ReadonlySet<ValueId>): Program {
  return {
    ...program,
    values: program.values.map((value) => (tensors.has(value.id) ? { ...value, shape: [0] } : value)),
  }
}

function traitsOf(operation: string): MemoryTraits {
  const inPlace = nativeKernelOf(operation)?.inPlace
  return inPlace === undefined ? {} : { inPlace }
}

interface ArenaLayout {
  /** Of every value the line of the arena, or -1. */
  readonly lines: readonly number[]
  readonly arenaLines: number
}

/** The words that `native/program.h` describes. */
function encode(
  program: Program,
  plan: readonly PlannedKernel[],
  segments: readonly (ProgramSegment & { readonly by: 'us' })[],
  { lines, arenaLines }: ArenaLayout,
): Int32Array {
  const names = [...new Set(plan.flatMap(({ by, kernel }) => (by === 'us' ? [kernel.name] : [])))]
  const words: number[] = [arenaLines, names.length]
  const list = (entries: readonly number[]): void => {
    words.push(entries.length)
    for (const entry of entries) words.push(entry)
  }
  for (const name of names) list(Array.from(name, (letter) => letter.charCodeAt(0)))
  words.push(program.values.length)
  for (const { id, shape } of program.values) {
    words.push(at(lines, id))
    list(shape)
  }
  words.push(segments.length)
  for (const { inputs, outputs, times } of segments) {
    list(inputs)
    list(outputs)
    words.push(times.length)
    for (const time of times) {
      const planned = at(plan, time)
      if (planned.by !== 'us') throw new Error('a segment holds an operation of TensorFlow')
      const { ints, reals } = planned.kernel.settings(planned.call)
      const operation = at(program.operations, time)
      words.push(names.indexOf(planned.kernel.name))
      list(operation.inputs)
      list(operation.outputs)
      list(ints)
      words.push(reals.length)
      words.push(...new Int32Array(Float64Array.from(reals).buffer))
    }
  }
  return Int32Array.from(words)
}
