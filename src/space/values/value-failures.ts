import type { Expression } from '../../ir/model/expression.js'
import { ElaborationFailure } from './elaboration-failure.js'
import type { Environment } from './environment.js'
import { printExpression } from './print-expression.js'
import { printValue } from './print-value.js'
import { describeKind, type Value } from './value.js'

/** An expression has a value, but not of the kind that its place asks for. */
export function mismatch(
  environment: Environment,
  expression: Expression,
  wanted: string,
  found: Value,
): ElaborationFailure {
  return new ElaborationFailure(
    'value',
    environment.at,
    `\`${printExpression(expression)}\` must be ${wanted}, and is ${printValue(found)} (${describeKind(found)}).`,
    'See the declaration of the parameter or the place that asks for it.',
  )
}

/** An expression has no value here. */
export function unknown(environment: Environment, what: string): ElaborationFailure {
  return new ElaborationFailure('value', environment.at, `${what}.`, 'See `docs/language.md` for what is known where.')
}
