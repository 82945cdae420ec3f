import type { Expression } from '../../ir/model/expression.js'
import { functions } from '../expressions/functions.js'
import type { EffectiveSize } from './effective-sizes.js'

/** A sum of products of sizes. */
export type Polynomial = readonly Monomial[]

export interface Monomial {
  readonly coefficient: number
  readonly sizes: readonly EffectiveSize[]
}

/** What an expression may speak of; undefined: it cannot be said. */
export interface SizeScope {
  readonly local: (name: string) => Polynomial | boolean | undefined
  /** `in` */
  readonly context: (name: string) => Polynomial | undefined
  readonly field: (of: string, name: 'height' | 'width' | 'channels') => Polynomial | undefined
}

export function polynomial(size: number | EffectiveSize): Polynomial {
  return typeof size === 'number' ? [{ coefficient: size, sizes: [] }] : [{ coefficient: 1, sizes: [size] }]
}

export function product(a: Polynomial, b: Polynomial): Polynomial {
  return a.flatMap((left) =>
    b.map((right) => ({
      coefficient: left.coefficient * right.coefficient,
      sizes: [...left.sizes, ...right.sizes],
    })),
  )
}

/** A rule of a primitive as a polynomial of sizes; undefined where it is none. */
export function polynomialOf(expression: Expression, scope: SizeScope): Polynomial | undefined {
  const inner = (each: Expression): Polynomial | undefined => polynomialOf(each, scope)
  switch (expression.kind) {
    case 'number':
      return polynomial(expression.value)
    case 'local': {
      const value = scope.local(expression.name)
      return typeof value === 'boolean' ? undefined : value
    }
    case 'context':
      return scope.context(expression.name)
    case 'field':
      return scope.field(expression.of, expression.name)
    case 'unary': {
      const operand = expression.operator === '-' ? inner(expression.operand) : undefined
      return operand && product(operand, polynomial(-1))
    }
    case 'if': {
      const { test, then, otherwise } = expression
      const holds = test.kind === 'local' ? scope.local(test.name) : undefined
      if (typeof holds !== 'boolean') return undefined
      return holds ? inner(then) : otherwise && inner(otherwise)
    }
    case 'call': {
      const numbers = expression.arguments.map((each) => constantOf(inner(each)))
      const known = numbers.filter((each) => each !== undefined)
      const value = known.length < numbers.length ? undefined : functions[expression.function]?.of(...known)
      return value === undefined ? undefined : polynomial(value)
    }
    case 'binary': {
      const [left, right] = [inner(expression.left), inner(expression.right)]
      return left && right && binary(expression.operator, left, right)
    }
    default:
      return undefined
  }
}

function binary(operator: string, left: Polynomial, right: Polynomial): Polynomial | undefined {
  switch (operator) {
    case '+':
      return [...left, ...right]
    case '-':
      return [...left, ...product(right, polynomial(-1))]
    case '*':
      return product(left, right)
    case '/': {
      const divisor = constantOf(right)
      return divisor === undefined ? undefined : product(left, polynomial(1 / divisor))
    }
    case '^': {
      const exponent = constantOf(right)
      if (exponent === undefined || !Number.isInteger(exponent) || exponent < 0) return undefined
      return Array.from({ length: exponent }, () => left).reduce(product, polynomial(1))
    }
    default:
      return undefined
  }
}

function constantOf(value: Polynomial | undefined): number | undefined {
  if (value === undefined || value.some(({ sizes }) => sizes.length > 0)) return undefined
  return value.reduce((sum, { coefficient }) => sum + coefficient, 0)
}
