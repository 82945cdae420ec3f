import { at, sizeOf } from '../../operations/element.js'
import type { Operation, Program, ValueId } from '../../program/program.js'

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
 */
export function peakOf(program: Program, scratchOf: (operation: Operation) => number): number {
  const owner = program.values.map((_, id) => id)
  for (const { operation, inputs, outputs } of program.operations) {
    const [from, to] = [inputs[0], outputs[0]]
    if (operation === 'reshape' && from !== undefined && to !== undefined) owner[to] = at(owner, from)
  }
  const sizes = program.values.map(({ kind, shape }) => (kind === 'variable' ? 0 : 4 * sizeOf(shape)))
  const users = new Int32Array(program.values.length)
  for (const root of owner) users[root] = at(users, root) + 1
  let live = program.values.reduce((sum, { kind, id }) => (kind === 'input' ? sum + at(sizes, id) : sum), 0)
  let peak = live
  lastUses(program).forEach((last, time) => {
    const operation = at(program.operations, time)
    for (const id of operation.outputs) if (owner[id] === id) live += at(sizes, id)
    peak = Math.max(peak, live + scratchOf(operation))
    for (const id of last) {
      const root = at(owner, id)
      users[root] = at(users, root) - 1
      if (users[root] === 0) live -= at(sizes, root)
    }
  })
  return peak
}
