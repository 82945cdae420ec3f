import { at, sizeOf } from '../../operations/element.js'
import type { Program, ValueId } from '../../program/program.js'

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
 * Bytes of all values but variables at the worst moment of a run, with what kernels need beside. A reshaped value has no
 * memory of its own and keeps that of the value it came from alive.
 *
 * @param donors by operation, the position of the input whose memory the first output takes
 * @param scratchOf bytes that the operation at a place of the program needs beside
 */
export function peakOf(
  program: Program,
  donors: readonly (number | undefined)[],
  scratchOf: (time: number) => number,
): number {
  const owner = program.values.map((_, id) => id)
  program.operations.forEach(({ operation, inputs, outputs }, time) => {
    const [from, to] = [inputs[operation === 'reshape' ? 0 : (donors[time] ?? inputs.length)], outputs[0]]
    if (from !== undefined && to !== undefined) owner[to] = at(owner, from)
  })
  const sizes = program.values.map(({ kind, shape }) => (kind === 'variable' ? 0 : 4 * sizeOf(shape)))
  const users = new Int32Array(program.values.length)
  for (const root of owner) users[root] = at(users, root) + 1
  let live = program.values.reduce((sum, { kind, id }) => (kind === 'input' ? sum + at(sizes, id) : sum), 0)
  let peak = live
  lastUses(program).forEach((last, time) => {
    const operation = at(program.operations, time)
    for (const id of operation.outputs) if (owner[id] === id) live += at(sizes, id)
    peak = Math.max(peak, live + scratchOf(time))
    for (const id of last) {
      const root = at(owner, id)
      users[root] = at(users, root) - 1
      if (users[root] === 0) live -= at(sizes, root)
    }
  })
  return peak
}
