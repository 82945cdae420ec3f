import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { amountOf, arithmeticOfAmounts } from './amounts.js'
import { expectType, inferExpression } from './expression.js'
import { bool, describe, int, isNumeric, join, number, real, unknown, type Type } from '../types/type.js'

export function inferUnary(checker: Checker, expression: ast.UnaryExpression): Type {
  if (expression.operator === 'not') {
    expectType(checker, expression.operand, { type: 'bool' })
    return bool
  }
  const operand = inferExpression(checker, expression.operand)
  if (amountOf(operand) !== undefined) return operand
  expectType(checker, expression.operand, { type: 'real' })
  return unknown
}

export function inferBinary(checker: Checker, expression: ast.BinaryExpression): Type {
  const { operator, left, right } = expression
  switch (operator) {
    case 'and':
    case 'or':
      expectType(checker, left, { type: 'bool' })
      expectType(checker, right, { type: 'bool' })
      return bool
    case '<':
    case '<=':
    case '>':
    case '>=':
      for (const side of [left, right]) expectType(checker, side, { type: checker.requires ? 'cost' : 'real' })
      return bool
    case '==':
    case '!=': {
      const types = [inferExpression(checker, left), inferExpression(checker, right)] as const
      if (!areComparable(checker, ...types) || types.some(isThing)) reportOperands(checker, expression, types)
      return bool
    }
    case 'in': {
      const item = inferExpression(checker, left)
      if (!expectType(checker, right, { type: 'set' })) return bool
      const set = inferExpression(checker, right)
      if (set.kind === 'set' && !areComparable(checker, item, set.of)) reportOperands(checker, expression, [item, set])
      return bool
    }
    default:
      return inferArithmetic(checker, expression)
  }
}

/** In a `require`, the text of an operation in quotes names an option. */
function areComparable({ requires }: Checker, a: Type, b: Type): boolean {
  if (join(a, b) !== undefined) return true
  return (
    requires === true && [a, b].some(({ kind }) => kind === 'operation') && [a, b].some(({ kind }) => kind === 'string')
  )
}

function inferArithmetic(checker: Checker, expression: ast.BinaryExpression): Type {
  const { operator } = expression
  const left = inferExpression(checker, expression.left)
  const right = inferExpression(checker, expression.right)
  if (left.kind === 'unknown' && right.kind === 'unknown') return unknown
  if (operator === '&') {
    if (isComponent(left, 'augmentation') && isComponent(right, 'augmentation'))
      return { kind: 'component', component: 'augmentation' }
    reportOperands(checker, expression, [left, right])
    return unknown
  }
  if (isNumeric(left) && isNumeric(right)) {
    if (left.kind === 'unknown' || right.kind === 'unknown') return unknown
    if (left.kind === 'real' || right.kind === 'real') return real
    return operator === '/' ? number : left.kind === 'int' && right.kind === 'int' ? int : number
  }
  if ((operator === '+' || operator === '-') && (left.kind === 'set' || right.kind === 'set')) {
    const joined = join(left, right)
    if (joined !== undefined) return joined
  }
  const amount = arithmeticOfAmounts(checker, operator, left, right)
  if (amount !== undefined) return amount
  // A sampler may be taken several times.
  const isSampled = (type: Type): boolean => isComponent(type, 'sampler') || isNumeric(type)
  if (isSampled(left) && isSampled(right)) return { kind: 'component', component: 'sampler' }
  reportOperands(checker, expression, [left, right])
  return unknown
}

/** What can be named and has no value to compare. */
function isThing({ kind }: Type): boolean {
  return kind === 'thing' || kind === 'feature-map' || kind === 'image' || kind === 'cost'
}

function isComponent(type: Type, kind: 'augmentation' | 'sampler'): boolean {
  return type.kind === 'unknown' || (type.kind === 'component' && type.component === kind)
}

function reportOperands(checker: Checker, expression: ast.BinaryExpression, types: readonly [Type, Type]): void {
  checker.report.add(
    'wrong-operands',
    locationOf(checker, expression),
    {
      operator: expression.operator,
      left: describe(types[0]),
      right: describe(types[1]),
    },
    {
      ...(types.some((type) => amountOf(type) === 'objective') && {
        help: 'Objectives are added and subtracted; numbers and costs weight them by `*`, and divide them.',
      }),
      labels: [
        { ...locationOf(checker, expression.left), text: describe(types[0]) },
        { ...locationOf(checker, expression.right), text: describe(types[1]) },
      ],
    },
  )
}
