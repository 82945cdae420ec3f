import type * as ast from '../../syntax/ast.js'
import type { CallableSymbol, Checker } from '../checker.js'
import { foldOptions } from './fold.js'

/** The operations that an expression may stand for, where they are all named. */
export function operationsIn(checker: Checker, expression: ast.Expression): readonly CallableSymbol[] | undefined {
  if (expression.kind === 'group') return operationsIn(checker, expression.inner)
  if (expression.kind === 'choice') return operationsOf(checker, expression.options)
  const resolved = checker.facts.calls.get(expression)
  return resolved === undefined ? undefined : [resolved.symbol]
}

/** The operations of a set, where it is known which. */
export function operationsOf(checker: Checker, set: ast.Expression): readonly CallableSymbol[] | undefined {
  const options = foldOptions(checker, set)
  return options?.flatMap(({ value, node }) => {
    const symbol = value?.kind === 'operation' ? value.symbol : checker.facts.calls.get(node)?.symbol
    return symbol ?? []
  })
}
