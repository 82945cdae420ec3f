import type { Expression } from '../../ir/model/expression.js'
import { ElaborationFailure } from '../limits/elaboration-failure.js'
import type { Environment } from './environment.js'
import { printExpression } from '../expressions/print-expression.js'
import { printValue } from './print-value.js'
import { describeKind, type Value } from './value.js'

/** An expression has a value, but not of the kind that its place asks for. */
export function mismatch(
  environment: Environment,
  expression: Expression,
  expected: string,
  found: Value,
): ElaborationFailure {
  return new ElaborationFailure(environment.at, 'wrong-kind-of-value', {
    subject: printExpression(expression),
    expected,
    found: `${printValue(found)} (${describeKind(found)})`,
  })
}

/** An expression has no value here. */
export function unknown(environment: Environment, what: string): ElaborationFailure {
  return new ElaborationFailure(environment.at, 'undefined-value', { what })
}
