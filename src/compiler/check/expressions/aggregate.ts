import type { AggregateFunction } from '../../../ir/model/expression.js'
import { headOfPath, ownsDecisions } from '../../names/decision-path.js'
import type * as ast from '../../syntax/ast.js'
import { locationOf, resolutionOf, type Checker } from '../checker.js'
import { checkCount, refuseLabels } from './argument-count.js'
import { expectType, inferExpression } from './expression.js'
import { bool, int, number, type Type } from '../types/type.js'

/** In a `require`, `sum`, `min` and `max` of one thing are about all places where its decisions are made. */
export function aggregateIn(checker: Checker, call: ast.CallExpression): AggregateFunction | undefined {
  if (checker.requires === undefined || call.arguments.length !== 1 || call.callee.kind !== 'name-expression')
    return undefined
  const { text } = call.callee.name
  return text === 'sum' || text === 'min' || text === 'max' ? text : undefined
}

/** `count(skip in normal)`, `all(mb2.kernel <= 5)`, `sum(mb2.expand)`. */
export function inferAggregate(outer: Checker, call: ast.CallExpression, name: AggregateFunction): Type {
  const [argument, ...others] = call.arguments
  if (outer.aggregates) outer.report.add('aggregate-in-aggregate', locationOf(outer, call), { function: name })
  const checker: Checker = { ...outer, aggregates: true }
  const text = isNumeric(name) ? '1 number' : '1 condition'
  refuseLabels(checker, call, name)
  checkCount(checker, call, name, { least: 1, most: 1, text })
  if (argument === undefined || others.length > 0) {
    for (const { value } of call.arguments) inferExpression(checker, value)
  } else {
    const membership = optionInPart(checker, argument.value)
    if (membership) {
      inferExpression(checker, membership.option)
      if (membership.part.kind !== 'name-expression') inferExpression(checker, membership.part)
      checker.facts.types.set(membership.expression, bool)
    }
    expectType(checker, argument.value, { type: isNumeric(name) ? 'real' : 'bool' })
  }
  return name === 'count' ? int : isNumeric(name) ? number : bool
}

function isNumeric(name: AggregateFunction): boolean {
  return name === 'sum' || name === 'min' || name === 'max'
}

/** `skip in normal`, `skip in normal.n1`: of the decisions that are made in a part of the space, those that take this option. */
export interface OptionInPart {
  readonly expression: ast.BinaryExpression
  readonly option: ast.Expression
  /** A name, or a path of fields and indices. */
  readonly part: ast.Expression
}

export function optionInPart(checker: Checker, expression: ast.Expression): OptionInPart | undefined {
  if (expression.kind === 'group') return optionInPart(checker, expression.inner)
  if (expression.kind !== 'binary' || expression.operator !== 'in') return undefined
  const head = headOfPath(expression.right)
  const isPart = head !== undefined && ownsDecisions(resolutionOf(checker, head.name))
  return isPart ? { expression, option: expression.left, part: expression.right } : undefined
}
