import type { Operation, Program, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/**
 * Removes operations that reach neither an output nor an update, and values that nothing reads or makes; numbers the
 * values anew.
 */
export const deadCode: Pass = {
  name: 'dead-code',
  run(program) {
    const live = new Set(Object.values(program.outputs))
    const kept: Operation[] = []
    for (const operation of program.operations.toReversed()) {
      if ((operation.updates ?? []).length === 0 && !operation.outputs.some((output) => live.has(output))) continue
      kept.push(operation)
      for (const input of operation.inputs) live.add(input)
      // Outputs that nobody reads stay: an operation makes all of its outputs or none.
      for (const output of operation.outputs) live.add(output)
    }
    return renumber(program, kept.toReversed(), live)
  },
}

function renumber(program: Program, operations: readonly Operation[], live: ReadonlySet<ValueId>): Program {
  const kept = program.values.filter(({ id }) => live.has(id))
  const ids = new Map(kept.map(({ id }, position) => [id, position]))
  const renamed = (id: ValueId): ValueId => {
    const found = ids.get(id)
    if (found === undefined) throw new Error(`value ${String(id)} was removed and is read`)
    return found
  }
  return {
    values: kept.map((value, id) => ({ ...value, id })),
    operations: operations.map((operation) => ({
      ...operation,
      inputs: operation.inputs.map(renamed),
      outputs: operation.outputs.map(renamed),
      ...(operation.updates === undefined ? {} : { updates: operation.updates.map(renamed) }),
    })),
    outputs: Object.fromEntries(Object.entries(program.outputs).map(([name, id]) => [name, renamed(id)])),
  }
}
