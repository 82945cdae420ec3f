import type { IrOperation } from '../../ir/model/operation.js'
import type { Definitions } from '../expressions/definitions.js'
import type { Environment } from './environment.js'
import { mentionsOf } from './mentions.js'

const choices = mentionsOf(({ kind }) => kind === 'choice')

/** True if an open choice stands in an expression, in a value that it names, or in an operation that it applies. */
export const mayChoose = choices.inExpression

/** True if an open choice stands in the body of an operation, or in a default. What it is given counts where it is given. */
export const operationMayChoose = choices.inOperation

/**
 * True if decisions may be met only under some of the arguments of an operation: a choice stands in its body, or in an
 * operation that it is given.
 */
export function callMayChoose(
  catalogue: Definitions,
  operation: IrOperation,
  supplied: Environment['locals'],
): boolean {
  if (operationMayChoose(catalogue, operation)) return true
  return operation.parameters.some(({ name, type }) => {
    const argument = type === 'operation' || type === 'set' ? supplied[name] : undefined
    return argument !== undefined && choices.inThunk(catalogue, argument)
  })
}
