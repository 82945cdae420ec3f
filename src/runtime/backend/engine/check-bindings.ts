import { at, sameDims, sizeOf } from '../../operations/support/element.js'
import type { Program, Value } from '../../program/program.js'
import type { Executable, VariableStore } from './engine.js'

/** @throws Error unless every variable that the program names exists and has the shape that the program gives it */
export function checkVariables(program: Program, variables: Pick<VariableStore, 'has' | 'shape'>): void {
  for (let id = 0; id < program.values.length; id++) {
    const { kind, name = '', shape } = at(program.values, id)
    if (kind !== 'variable') continue
    if (!variables.has(name)) throw new Error(`the program names variable '${name}', which does not exist`)
    const found = variables.shape(name)
    if (!sameDims(found, shape)) {
      throw new Error(`variable '${name}' has shape [${found.join()}], not [${shape.join()}]`)
    }
  }
}

/**
 * The numbers of one input among those supplied for a run.
 *
 * @throws Error if it is missing or has not as many elements as the program's
 */
export function inputElements(
  { name = '', shape }: Value,
  supplied: Parameters<Executable['run']>[0],
): ArrayLike<number> {
  const data = supplied[name]
  if (data === undefined) throw new Error(`input '${name}' is missing`)
  const numbers = typeof data === 'number' ? [data] : data
  const size = sizeOf(shape)
  if (numbers.length !== size) {
    throw new Error(`input '${name}' has ${String(size)} elements, not ${String(numbers.length)}`)
  }
  return numbers
}
