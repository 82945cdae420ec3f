import type * as ast from '../../syntax/ast.js'
import { type Checker, meaningOf } from '../checker.js'
import { nameOfType, typeNamed } from '../types/type.js'
import { inferExpression, expectType } from './expression.js'

/** `cells = 3`: a param gets another value. */
export function checkOverride(checker: Checker, name: ast.Name, value: ast.Expression): void {
  const meaning = meaningOf(checker, name)
  if (meaning?.kind !== 'symbol' || meaning.symbol.kind !== 'param') {
    inferExpression(checker, value)
    return
  }
  const { declaration, location } = meaning.symbol
  const there: Checker = { ...checker, file: location.file, placed: false }
  const type =
    declaration.type === undefined
      ? nameOfType(inferExpression(there, declaration.default))
      : typeNamed(declaration.type.text)
  if (type === undefined) inferExpression(checker, value)
  else expectType(checker, value, { type, label: { ...location, text: `the param is declared here: ${type}` } })
}
