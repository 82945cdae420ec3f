import { at } from '../operations/support/element.js'
import type { Operation, Program, ValueId } from './program.js'

/** By value, the operations that read it, in order, each once. */
export function readersOf({ values, operations }: Program): (id: ValueId) => readonly Operation[] {
  // The readers of value v stand from starts[v] on, up to starts[v + 1].
  const starts = new Int32Array(values.length + 1)
  eachRead(operations, (id) => {
    starts[id + 1] = at(starts, id + 1) + 1
  })
  for (let id = 0; id < values.length; id++) starts[id + 1] = at(starts, id) + at(starts, id + 1)
  const ends = starts.slice()
  const readers = new Int32Array(at(starts, values.length))
  eachRead(operations, (id, index) => {
    const end = at(ends, id)
    readers[end] = index
    ends[id] = end + 1
  })
  return (id) => Array.from(readers.subarray(at(starts, id), at(starts, id + 1)), (index) => at(operations, index))
}

function eachRead(operations: readonly Operation[], visit: (id: ValueId, index: number) => void): void {
  for (let index = 0; index < operations.length; index++) {
    const { inputs } = at(operations, index)
    for (let i = 0; i < inputs.length; i++) {
      const id = inputs[i] ?? 0
      if (i === 0 || inputs.indexOf(id) === i) visit(id, index)
    }
  }
}
