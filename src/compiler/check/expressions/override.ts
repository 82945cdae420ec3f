import type * as ast from '../../syntax/ast.js'
import { type Checker, resolutionOf } from '../checker.js'
import { nameOfType, typeNamed } from '../types/type.js'
import { inferExpression, expectType } from './expression.js'

/** `cells = 3`: a param gets another value. */
export function checkOverride(checker: Checker, name: ast.Name, value: ast.Expression): void {
  const resolution = resolutionOf(checker, name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'param') {
    inferExpression(checker, value)
    return
  }
  const { declaration, location } = resolution.symbol
  const there: Checker = { ...checker, file: location.file, hasContext: false, isFixed: true }
  const type =
    declaration.type === undefined
      ? nameOfType(inferExpression(there, declaration.default))
      : typeNamed(declaration.type.text)
  if (type === undefined) inferExpression(checker, value)
  else expectType(checker, value, { type, label: { ...location, text: `the param is declared here: ${type}` } })
}
