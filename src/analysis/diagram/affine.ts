import { childrenOf } from '../../space/expressions/children.js'
import type { Expression } from '../../ir/model/expression.js'

const comparisons: readonly string[] = ['<', '<=', '>', '>=']

/**
 * Whether a test compares two affine functions of costs: over costs that vary between ends, these differ most and least where
 * each cost is at one of its ends.
 */
export function isAffineComparison(test: Expression): boolean {
  return test.kind === 'binary' && comparisons.includes(test.operator) && isAffine(test.left) && isAffine(test.right)
}

function isAffine(expression: Expression): boolean {
  if (expression.kind === 'cost' || !holdsCost(expression)) return true
  if (expression.kind !== 'binary') return false
  const { operator, left, right } = expression
  switch (operator) {
    case '+':
    case '-':
      return isAffine(left) && isAffine(right)
    case '*':
      return isAffine(left) && isAffine(right) && !(holdsCost(left) && holdsCost(right))
    case '/':
      return isAffine(left) && !holdsCost(right)
    default:
      return false
  }
}

function holdsCost(expression: Expression): boolean {
  return expression.kind === 'cost' || childrenOf(expression).some(holdsCost)
}
