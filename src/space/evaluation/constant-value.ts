import type { Expression } from '../../ir/model/expression.js'
import { memoizePairs } from '../../support/memoize.js'
import type { Definitions } from '../expressions/definitions.js'
import { childrenOf } from '../expressions/children.js'
import type { Environment } from './environment.js'
import type { ParamValues } from './params.js'
import type { Value } from './value.js'

const values = new WeakMap<Definitions, WeakMap<ParamValues, WeakMap<Expression, Value>>>()

/** The value of an expression; evaluated once where it is the same wherever it stands, as most sets of options are. */
export function constantValue(environment: Environment, expression: Expression, evaluate: () => Value): Value {
  const { definitions, params } = environment
  if (!isFixed(definitions, expression)) return evaluate()
  const byParams = values.get(definitions) ?? new WeakMap<ParamValues, WeakMap<Expression, Value>>()
  values.set(definitions, byParams)
  const known = byParams.get(params) ?? new WeakMap<Expression, Value>()
  byParams.set(params, known)
  const value = known.get(expression) ?? evaluate()
  known.set(expression, value)
  return value
}

/** True if nothing but parameters and constants of the program takes part, and the value holds on to no environment. */
const isFixed = memoizePairs(isMadeOfFixed)

function isMadeOfFixed(catalogue: Definitions, expression: Expression): boolean {
  switch (expression.kind) {
    case 'constant': {
      const constant = catalogue.constants.get(expression.id)
      return constant !== undefined && isFixed(catalogue, constant.value)
    }
    case 'number':
    case 'boolean':
    case 'string':
    case 'param':
    case 'unary':
    case 'binary':
    case 'call':
    case 'set':
    case 'tuple':
    case 'range':
    case 'operation':
    case 'with':
      return childrenOf(expression).every((child) => isFixed(catalogue, child))
    default:
      return false
  }
}
