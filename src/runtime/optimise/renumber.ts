import { at } from '../operations/support/element.js'
import { renamedOutputs, type Program, type Value, type ValueId } from '../program/program.js'

/** Drops the values that nothing reads or makes, and numbers the others anew in their order. */
export function renumber(program: Program): Program {
  // By value, 1 if an operation or an output names it.
  const named = new Uint8Array(program.values.length)
  const name = (id: ValueId): void => {
    named[id] = 1
  }
  Object.values(program.outputs).forEach(name)
  program.operations.forEach(({ inputs, outputs }) => {
    inputs.forEach(name)
    outputs.forEach(name)
  })
  if (!named.includes(0)) return program

  const ids = new Int32Array(program.values.length)
  const values: Value[] = []
  program.values.forEach((value, id) => {
    if (named[id] !== 1) return
    ids[id] = values.length
    values.push(values.length === id ? value : { ...value, id: values.length })
  })
  const renamed = (id: ValueId): ValueId => at(ids, id)
  return {
    values,
    operations: program.operations.map((operation) => ({
      ...operation,
      inputs: operation.inputs.map(renamed),
      outputs: operation.outputs.map(renamed),
      updates: operation.updates.length === 0 ? operation.updates : operation.updates.map(renamed),
    })),
    outputs: renamedOutputs(program, renamed),
  }
}
