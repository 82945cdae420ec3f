import type { Expression } from '../../ir/model/expression.js'
import type { IrOperation, PrimitiveRules } from '../../ir/model/operation.js'
import { memoizePairs } from '../../support/memoize.js'
import type { Definitions } from '../expressions/definitions.js'
import { childrenOf } from '../expressions/children.js'
import type { Environment } from './environment.js'
import { isList, isOperation, type Thunk, type Value } from './value.js'

/** Where expressions of some kind may be met. */
export interface Mentions {
  /** In an expression, in a value that it names, or in an operation that it applies. */
  readonly inExpression: (environment: Pick<Environment, 'definitions' | 'locals'>, expression: Expression) => boolean
  /** In the body of an operation, in a default, or in the rules of a primitive. What it is given counts where it is given. */
  readonly inOperation: (definitions: Definitions, operation: IrOperation) => boolean
  readonly inValue: (definitions: Definitions, value: Value) => boolean
  readonly inThunk: (definitions: Definitions, thunk: Thunk) => boolean
}

/** Where the expressions are met that are meant. */
export function mentionsOf(isMeant: (expression: Expression) => boolean): Mentions {
  const inOperation = memoizePairs((definitions: Definitions, { parameters, body, rules }: IrOperation): boolean =>
    [...parameters.flatMap((parameter) => parameter.default ?? []), ...(body ? [body] : []), ...ruled(rules)].some(
      (part) => inExpression({ definitions, locals: {} }, part),
    ),
  )

  const inExpression: Mentions['inExpression'] = (environment, expression) => {
    if (isMeant(expression)) return true
    const { definitions, locals } = environment
    switch (expression.kind) {
      case 'local': {
        const thunk = locals[expression.name]
        return thunk !== undefined && inThunk(definitions, thunk)
      }
      case 'constant': {
        const constant = definitions.constants.get(expression.id)
        return constant !== undefined && inExpression({ definitions, locals: {} }, constant.value)
      }
      case 'operation': {
        const operation = definitions.operations.get(expression.operation)
        if (operation && inOperation(definitions, operation)) return true
        break
      }
      default:
    }
    return childrenOf(expression).some((child) => inExpression(environment, child))
  }

  const inThunk: Mentions['inThunk'] = (definitions, thunk) =>
    thunk.kind === 'known' ? inValue(definitions, thunk.value) : inExpression(thunk.environment, thunk.expression)

  const inValue: Mentions['inValue'] = (definitions, value) => {
    if (isList(value)) return value.some((item) => inValue(definitions, item))
    if (!isOperation(value)) return false
    switch (value.kind) {
      case 'identity':
        return false
      case 'closure':
        return inExpression(value.environment, value.expression)
      case 'operation':
        return (
          inOperation(definitions, value.operation) ||
          Object.values(value.arguments).some((argument) => inThunk(definitions, argument))
        )
    }
  }

  return { inExpression, inOperation, inValue, inThunk }
}

function ruled(rules: PrimitiveRules | undefined): readonly Expression[] {
  if (!rules) return []
  const { requires, out, weights, macs, costs } = rules
  return [
    ...requires.map(({ test }) => test),
    ...[out.height, out.width, out.channels, macs].flatMap((part) => part ?? []),
    ...weights.flatMap(({ shape, when }) => (when ? [...shape, when] : shape)),
    ...Object.values(costs),
  ]
}
