import type { BinaryOperator } from '../../ir/model/expression.js'

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

/** How many values `from..to step step` has, both ends included. */
export function lengthOfRange(from: number, to: number, step: number): number {
  return Math.max(0, Math.floor((to - from) / step + 1e-9) + 1)
}

/** `from..to step step`, both ends included; `step` is above zero. */
export function rangeOf(from: number, to: number, step: number): readonly number[] {
  // Twelve decimals: `0.1..0.3 step 0.1` ends in 0.3 and not in 0.30000000000000004.
  return Array.from({ length: lengthOfRange(from, to, step) }, (_, index) => Number((from + index * step).toFixed(12)))
}
