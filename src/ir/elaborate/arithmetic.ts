import type { BinaryOperator } from '../model/expression.js'

/** Operators that take two numbers; `+` and `-` are not among them because they take sets too. */
export type NumberOperator = Exclude<BinaryOperator, 'and' | 'or' | 'in' | '==' | '!=' | '+' | '-'>

/** The value of an operator on two numbers, or undefined for a division by zero. `%` has the sign of the divisor. */
export function arithmetic(operator: NumberOperator, a: number, b: number): number | boolean | undefined {
  switch (operator) {
    case '*':
      return a * b
    case '/':
      return b === 0 ? undefined : a / b
    case '%':
      return b === 0 ? undefined : a - b * Math.floor(a / b)
    case '^':
      return a ** b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
  }
}

/** More values than this in one range are a slip of the pen, not a search space. */
const longestRange = 100_000

/** `from..to step step`, both ends included; undefined if the step is not above zero or the range absurdly long. */
export function rangeOf(from: number, to: number, step: number): readonly number[] | undefined {
  if (step <= 0) return undefined
  const count = Math.floor((to - from) / step + 1e-9) + 1
  if (count > longestRange) return undefined
  // Twelve decimals: `0.1..0.3 step 0.1` ends in 0.3 and not in 0.30000000000000004.
  return Array.from({ length: Math.max(0, count) }, (_, index) => Number((from + index * step).toFixed(12)))
}
