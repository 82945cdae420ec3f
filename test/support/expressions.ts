import type { BinaryOperator, ContextName, Expression } from '../../src/ir/model/expression.js'

/** Short spellings of IR expressions, so that tests can write programs without the compiler. */
export type Written = Expression | number | boolean

export function x(written: Written): Expression {
  if (typeof written === 'number') return { kind: 'number', value: written }
  if (typeof written === 'boolean') return { kind: 'boolean', value: written }
  return written
}
export const local = (name: string): Expression => ({ kind: 'local', name })
export const param = (name: string): Expression => ({ kind: 'param', name })
export const constant = (id: string): Expression => ({ kind: 'constant', id })
export const fact = (name: ContextName): Expression => ({ kind: 'context', name })
export const field = (path: `${string}.${'height' | 'width' | 'channels'}`): Expression => {
  const [of = '', name] = path.split('.')
  return { kind: 'field', of, name: name === 'height' || name === 'width' ? name : 'channels' }
}
export const not = (operand: Expression): Expression => ({ kind: 'unary', operator: 'not', operand })
export function binary(left: Written, operator: BinaryOperator, right: Written): Expression {
  return { kind: 'binary', operator, left: x(left), right: x(right) }
}
export function product(...factors: readonly Written[]): Expression {
  const [first = 1, ...rest] = factors
  return rest.reduce<Expression>((left, right) => binary(left, '*', right), x(first))
}
export function call(name: string, ...given: readonly Written[]): Expression {
  return { kind: 'call', function: name, arguments: given.map(x) }
}
export function when(test: Expression, then: Expression, otherwise?: Expression): Expression {
  return { kind: 'if', test, then, ...(otherwise ? { otherwise } : {}) }
}
export function op(operation: string, given: Readonly<Record<string, Written>> = {}): Expression {
  return { kind: 'operation', operation, arguments: record(given) }
}
export const pipe = (...steps: readonly Expression[]): Expression => ({ kind: 'pipeline', steps })
export const set = (...items: readonly Written[]): Expression => ({ kind: 'set', items: items.map(x) })
export function range(from: Written, to: Written, step?: Written): Expression {
  return { kind: 'range', from: x(from), to: x(to), ...(step === undefined ? {} : { step: x(step) }) }
}
export function oneOf(label: string, options: Expression, per?: 'space' | 'cell' | 'stage' | 'layer'): Expression {
  return { kind: 'choice', label, options, ...(per ? { per } : {}) }
}
export function record(given: Readonly<Record<string, Written>>): Readonly<Record<string, Expression>> {
  return Object.fromEntries(Object.entries(given).map(([name, written]) => [name, x(written)]))
}
