import { at } from '../operations/support/element.js'
import { renamedOutputs, type Operation, type Program, type Value, type ValueId } from '../program/program.js'

/** Drops the values that nothing reads or makes, and numbers the others anew in their order. */
export function renumber(program: Program): Program {
  const named = namedBy(program)
  if (!named.includes(0)) return program

  const ids = new Int32Array(program.values.length)
  const values: Value[] = []
  for (let id = 0; id < named.length; id++) {
    if (named[id] !== 1) continue
    const value = at(program.values, id)
    ids[id] = values.length
    values.push(values.length === id ? value : numbered(value, values.length))
  }
  const renamed = (id: ValueId): ValueId => ids[id] ?? 0
  return {
    values,
    // Every operation of a program passes here: a literal is made faster than a copy with changes.
    operations: program.operations.map(
      ({ operation, inputs, outputs, attributes, phase, updates, origin }): Operation => ({
        operation,
        inputs: inputs.map(renamed),
        outputs: outputs.map(renamed),
        attributes,
        phase,
        updates: updates.length === 0 ? updates : updates.map(renamed),
        origin,
      }),
    ),
    outputs: renamedOutputs(program, renamed),
  }
}

function numbered({ shape, dtype, kind, name }: Value, id: ValueId): Value {
  return name === undefined ? { id, shape, dtype, kind } : { id, shape, dtype, kind, name }
}

/** By value, 1 if an operation or an output names it. */
function namedBy({ values, operations, outputs: supplied }: Program): Uint8Array {
  const named = new Uint8Array(values.length)
  for (const id of Object.values(supplied)) named[id] = 1
  for (let position = 0; position < operations.length; position++) {
    const { inputs, outputs } = at(operations, position)
    for (let i = 0; i < inputs.length; i++) named[inputs[i] ?? 0] = 1
    for (let i = 0; i < outputs.length; i++) named[outputs[i] ?? 0] = 1
  }
  return named
}
