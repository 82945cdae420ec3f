import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation } from '../../ir/model/operation.js'
import { memoizePairs } from '../../support/memoize.js'
import type { Definitions } from '../expressions/definitions.js'
import { childrenOf } from '../expressions/children.js'
import type { Environment } from './environment.js'
import { isList, isOperation, type Thunk, type Value } from './value.js'

type Locals = Environment['locals']

/** True if an open choice stands in an expression, in a value that it names, or in an operation that it applies. */
export function mayChoose({ definitions, locals }: Environment, expression: Expression): boolean {
  return inExpression(definitions, locals, expression)
}

/**
 * True if decisions may be met only under some of the arguments of an operation: a choice stands in its body, or in an
 * operation that it is given.
 */
export function callMayChoose(catalogue: Definitions, operation: IrOperation, supplied: Locals): boolean {
  if (operationMayChoose(catalogue, operation)) return true
  return operation.parameters.some(({ name, type }) => {
    const argument = type === 'operation' || type === 'set' ? supplied[name] : undefined
    return argument !== undefined && inThunk(catalogue, argument)
  })
}

/** True if an open choice stands in the body of an operation, or in a default. What it is given counts where it is given. */
export const operationMayChoose = memoizePairs((catalogue: Definitions, operation: IrOperation): boolean => {
  const defaults = operation.parameters.flatMap((parameter) => parameter.default ?? [])
  return [...defaults, ...(operation.body ? [operation.body] : [])].some((part) => inExpression(catalogue, {}, part))
})

function inExpression(catalogue: Definitions, locals: Locals, expression: Expression): boolean {
  switch (expression.kind) {
    case 'choice':
      return true
    case 'local': {
      const thunk = locals[expression.name]
      return thunk !== undefined && inThunk(catalogue, thunk)
    }
    case 'constant': {
      const constant = catalogue.constants.get(expression.id)
      return constant !== undefined && inExpression(catalogue, {}, constant.value)
    }
    case 'operation': {
      const operation = catalogue.operations.get(expression.operation)
      if (operation && operationMayChoose(catalogue, operation)) return true
      break
    }
    default:
  }
  return childrenOf(expression).some((child) => inExpression(catalogue, locals, child))
}

function inThunk(catalogue: Definitions, thunk: Thunk): boolean {
  return thunk.kind === 'known' ? inValue(catalogue, thunk.value) : mayChoose(thunk.environment, thunk.expression)
}

function inValue(catalogue: Definitions, value: Value): boolean {
  if (isList(value)) return value.some((item) => inValue(catalogue, item))
  if (!isOperation(value)) return false
  switch (value.kind) {
    case 'identity':
      return false
    case 'closure':
      return mayChoose(value.environment, value.expression)
    case 'operation':
      return (
        operationMayChoose(catalogue, value.operation) ||
        Object.values(value.arguments).some((argument) => inThunk(catalogue, argument))
      )
  }
}
