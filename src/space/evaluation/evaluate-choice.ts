import type { ChoiceExpression } from '../../ir/model/expression.js'
import { decisionPath, scopeFor } from '../decisions/decision-scope.js'
import type { Decision } from '../decisions/decision.js'
import { ownPath } from '../decisions/path-owners.js'
import { constantValue } from './constant-value.js'
import { describedOptions } from './described-options.js'
import type { Environment } from './environment.js'
import { evaluateIn, integerIn, steering } from './evaluate.js'
import { mayChoose } from './may-choose.js'
import { isList, type Value } from './value.js'
import { mismatch, unknown } from './value-failures.js'

/** The decision that a choice stands for at its place, and its options as values. */
export function decisionOf(
  environment: Environment,
  choice: ChoiceExpression,
): { readonly decision: Decision; readonly values: readonly Value[] } {
  const scope = scopeFor(environment.scope, choice.per)
  if (!scope) {
    throw unknown(
      environment,
      `\`${choice.label}\` is to be chosen once per ${choice.per ?? ''}, and there is none around it`,
    )
  }
  const path = decisionPath(scope, choice.label, environment.definitions.choices.get(choice) ?? 1)
  ownPath(environment, path, choice)
  const options = constantValue(environment, choice.options, () =>
    steering(environment, mayChoose(environment, choice.options), () =>
      evaluateIn({ ...environment, at: path }, choice.options),
    ),
  )
  if (!isList(options) || options.length === 0)
    throw mismatch(environment, choice.options, 'a set that is not empty', options)
  return {
    values: options,
    decision: {
      path,
      kind: choice.label,
      ...describedOptions(options),
      ...(choice.arity ? { arity: arityIn(environment, choice.arity, options.length) } : {}),
    },
  }
}

/** Bounds of an open choice between `count` things. */
export function arityIn(
  environment: Environment,
  arity: NonNullable<ChoiceExpression['arity']>,
  count: number,
): { readonly least: number; readonly most: number } {
  const least = integerIn(environment, arity.least)
  const most = arity.most ? Math.min(count, integerIn(environment, arity.most)) : count
  if (least < 0 || least > most) {
    throw unknown(environment, `no set of ${least} to ${most} can be taken of ${count}`)
  }
  return { least, most }
}

/** The value of an open choice, which the decider settles. */
export function choose(environment: Environment, choice: ChoiceExpression): Value {
  const { decider, scope } = environment
  if (!decider) throw unknown(environment, `\`${choice.label}\` is an open choice, and nothing is chosen here`)
  const { decision, values } = decisionOf(environment, choice)
  if (decision.arity) {
    return decider.several(decision, scope.copy).flatMap((option) => values[option] ?? [])
  }
  const value = values[decider.single(decision, scope.copy)]
  if (value === undefined) throw unknown(environment, `\`${decision.path}\` has no such option`)
  return value
}
