import { at } from '../operations/support/element.js'
import type { Operation } from '../program/program.js'
import type { Pass } from './pass.js'

/** Removes operations that reach neither an output nor an update. */
export const deadCode: Pass = {
  name: 'dead-code',
  run(program) {
    const { operations } = program
    // By value, 1 if it is needed.
    const live = new Uint8Array(program.values.length)
    for (const id of Object.values(program.outputs)) live[id] = 1
    const kept: Operation[] = []
    for (let position = operations.length - 1; position >= 0; position--) {
      const operation = at(operations, position)
      const { inputs, outputs, updates } = operation
      let isLive = updates.length > 0
      for (let i = 0; !isLive && i < outputs.length; i++) isLive = live[outputs[i] ?? 0] === 1
      if (!isLive) continue
      for (let i = 0; i < inputs.length; i++) live[inputs[i] ?? 0] = 1
      kept.push(operation)
    }
    return kept.length === operations.length ? program : { ...program, operations: kept.reverse() }
  },
}
