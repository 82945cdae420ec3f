import { at, sizeOf } from '../../operations/support/element.js'
import type { Program, ValueId } from '../../program/program.js'
import { timesOf, type ProgramSegment } from './segments.js'

/** For every operation the values that it is the last to use. Variables and outputs of the program outlive it. */
export function lastUses(program: Program): readonly (readonly ValueId[])[] {
  const last = program.operations.map((): ValueId[] => [])
  const kept = new Set(Object.values(program.outputs))
  const seen = new Set<ValueId>()
  for (let time = program.operations.length - 1; time >= 0; time--) {
    const { inputs, outputs } = at(program.operations, time)
    for (const id of [...inputs, ...outputs]) {
      if (seen.has(id)) continue
      seen.add(id)
      if (program.values[id]?.kind !== 'variable' && !kept.has(id)) at(last, time).push(id)
    }
  }
  return last
}

/**
 * Bytes of the tensors of a program but its variables at the worst moment of a run, with what kernels need beside. A part
 * makes its tensors before it runs and lets go of others when it is done. A reshaped value has no memory of its own and
 * keeps that of the value it came from alive.
 *
 * @param tensors values that are tensors: others have memory elsewhere
 * @param scratchOf bytes that a part needs beside
 */
export function peakOf(
  program: Program,
  parts: readonly ProgramSegment[],
  tensors: ReadonlySet<ValueId>,
  scratchOf: (part: ProgramSegment) => number,
): number {
  const owner = program.values.map((_, id) => id)
  for (const { operation, inputs, outputs } of program.operations) {
    const [from, to] = [inputs[0], outputs[0]]
    if (operation === 'reshape' && from !== undefined && to !== undefined) owner[to] = at(owner, from)
  }
  const sizes = program.values.map(({ id, kind, shape }) =>
    kind === 'variable' || !tensors.has(id) ? 0 : 4 * sizeOf(shape),
  )
  const users = new Int32Array(program.values.length)
  for (const root of owner) users[root] = at(users, root) + 1
  let live = program.values.reduce((sum, { kind, id }) => (kind === 'input' ? sum + at(sizes, id) : sum), 0)
  let peak = live
  const last = lastUses(program)
  for (const part of parts) {
    const times = timesOf(part)
    for (const time of times) {
      for (const id of at(program.operations, time).outputs) if (owner[id] === id) live += at(sizes, id)
    }
    peak = Math.max(peak, live + scratchOf(part))
    for (const id of times.flatMap((time) => at(last, time))) {
      const root = at(owner, id)
      users[root] = at(users, root) - 1
      if (users[root] === 0) live -= at(sizes, root)
    }
  }
  return peak
}
