import type { Numbers } from '../operations/support/definition.js'
import { definitionOf } from '../operations/index.js'
import { sizeOf } from '../operations/support/element.js'
import type { Program, Value, ValueId } from './program.js'

export interface Interpretation {
  /** One entry per input of the program; scalars may be numbers. */
  readonly inputs: Readonly<Record<string, Numbers | number>>
  /** One entry per variable of the program; updated in place. */
  readonly variables: ReadonlyMap<string, Numbers>
  /** Of the temporaries. `double` is for finite differences. */
  readonly precision?: 'single' | 'double'
}

/**
 * Runs a program once on the reference implementations and returns its outputs by name. Slow: the truth that engines
 * are checked against. Throws an Error where an input or a variable is missing or has another size.
 */
export function interpret(program: Program, supplied: Interpretation): Readonly<Record<string, Numbers>> {
  const data = program.values.map((value) => dataOf(value, supplied))
  const get = (id: ValueId): Numbers => {
    const numbers = data[id]
    if (numbers === undefined) throw new Error(`there is no value ${String(id)}`)
    return numbers
  }
  const shape = (id: ValueId): readonly number[] => program.values[id]?.shape ?? []
  for (const { operation, inputs, outputs, attributes } of program.operations) {
    const shapes = { inputs: inputs.map(shape), outputs: outputs.map(shape) }
    definitionOf(operation).reference(inputs.map(get), outputs.map(get), shapes, attributes)
  }
  return Object.fromEntries(Object.entries(program.outputs).map(([name, id]) => [name, get(id)]))
}

function dataOf(value: Value, supplied: Interpretation): Numbers {
  const size = sizeOf(value.shape)
  if (value.kind === 'temporary')
    return supplied.precision === 'double' ? new Float64Array(size) : new Float32Array(size)
  const name = value.name ?? ''
  const found = value.kind === 'input' ? supplied.inputs[name] : supplied.variables.get(name)
  if (found === undefined) throw new Error(`${value.kind} '${name}' is missing`)
  const data = typeof found === 'number' ? Float64Array.of(found) : found
  if (data.length !== size)
    throw new Error(`${value.kind} '${name}' has ${String(size)} elements, not ${String(data.length)}`)
  return data
}
