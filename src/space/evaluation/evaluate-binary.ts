import type { BinaryExpression } from '../../ir/model/expression.js'
import { arithmetic } from '../expressions/arithmetic.js'
import { AbsentDecision, type Environment } from './environment.js'
import { booleanIn, evaluateIn, listIn, numberIn, steering } from './evaluate.js'
import { mayChoose } from './may-choose.js'
import { printExpression } from '../expressions/print-expression.js'
import { contains, sameValue, unique } from './sets.js'
import { isList, type Value } from './value.js'
import { mismatch, unknown } from './value-failures.js'

/** The value of an expression with an operator between two others. */
export function evaluateBinary(environment: Environment, expression: BinaryExpression): Value {
  const { operator, left, right } = expression
  switch (operator) {
    case 'and':
    case 'or':
      return connect(environment, expression, operator === 'or')
    case '==':
      return isSame(environment, evaluateIn(environment, left), evaluateIn(environment, right))
    case '!=':
      return !isSame(environment, evaluateIn(environment, left), evaluateIn(environment, right))
    case 'in': {
      const list = listIn(environment, right)
      const value = evaluateIn(environment, left)
      return list.some((item) => isSame(environment, item, value))
    }
    case '+':
    case '-': {
      const a = evaluateIn(environment, left)
      const b = evaluateIn(environment, right)
      if (isList(a) && isList(b))
        return operator === '+' ? unique([...a, ...b]) : a.filter((item) => !contains(b, item))
      if (typeof a !== 'number') throw mismatch(environment, left, isList(b) ? 'a set' : 'a number', a)
      if (typeof b !== 'number') throw mismatch(environment, right, 'a number', b)
      return operator === '+' ? a + b : a - b
    }
    default: {
      const a = numberIn(environment, left)
      const b = numberIn(environment, right)
      const value = arithmetic(operator, a, b)
      if (value === undefined) throw unknown(environment, `${printExpression(expression)} divides by zero`)
      return value
    }
  }
}

/**
 * `and`, `or`: one side settles them if it is `settling`. Where the left side speaks of a decision that does not exist, the
 * right one may still do so, as in the strong three-valued logic of Kleene (1952, section 64).
 */
function connect(environment: Environment, { left, right }: BinaryExpression, settling: boolean): boolean {
  let absent: AbsentDecision | undefined
  try {
    // Whether the right side is asked at all hangs on the left one.
    const steers = mayChoose(environment, right)
    if (steering(environment, steers, () => booleanIn(environment, left)) === settling) return settling
  } catch (jump) {
    if (!(jump instanceof AbsentDecision)) throw jump
    absent = jump
  }
  const value = booleanIn(environment, right)
  if (absent && value !== settling) throw absent
  return value
}

function isSame({ facts }: Environment, a: Value, b: Value): boolean {
  return facts ? facts.isSame(a, b) : sameValue(a, b)
}
