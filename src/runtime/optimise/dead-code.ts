import type { ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/** Removes operations that reach neither an output nor an update. */
export const deadCode: Pass = {
  name: 'dead-code',
  run(program) {
    // By value, 1 if it is needed.
    const live = new Uint8Array(program.values.length)
    const isLive = (id: ValueId): boolean => live[id] === 1
    const keep = (id: ValueId): void => {
      live[id] = 1
    }
    Object.values(program.outputs).forEach(keep)
    const kept = program.operations.toReversed().filter(({ inputs, outputs, updates }) => {
      if (updates.length === 0 && !outputs.some(isLive)) return false
      inputs.forEach(keep)
      return true
    })
    return kept.length === program.operations.length ? program : { ...program, operations: kept.reverse() }
  },
}
