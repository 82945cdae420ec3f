import type { IrParameter, TypeName } from '../../ir/model/operation.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import { printValue } from './print-value.js'
import { isOperation, type Value } from './value.js'

/** @throws ElaborationFailure if a value is not of its parameter's type */
export function checkType(at: string, { name, type }: IrParameter, value: Value): void {
  const expected = mismatch(type, value)
  if (expected === undefined) return
  const help = 'Use round, floor, ceil or round8 to make an integer of a real number.'
  throw new ElaborationFailure(
    at,
    'wrong-kind-of-value',
    { subject: name, expected, found: `${printValue(value)} here` },
    { help },
  )
}

/** What the type asks for, if the value is none. Kinds of components are the compiler's business. */
function mismatch(type: TypeName, value: Value): string | undefined {
  switch (type) {
    case 'int':
      return typeof value === 'number' && Number.isInteger(value) ? undefined : 'an integer'
    case 'real':
      return typeof value === 'number' ? undefined : 'a number'
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'a boolean'
    case 'string':
      return typeof value === 'string' ? undefined : 'a string'
    case 'operation':
      return isOperation(value) ? undefined : 'an operation'
    default:
      return undefined
  }
}
