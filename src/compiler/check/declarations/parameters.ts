import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { checkTypeName } from '../expressions/signature.js'
import { typeNamed } from '../types/type.js'

/** Checks types and defaults of parameters of operations, cells, primitives and components. */
export function checkParameters(checker: Checker, parameters: readonly ast.Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.type !== undefined) checkTypeName(checker, parameter.type)
    else if (parameter.default === undefined && !parameter.name.missing) {
      checker.report.add('untyped-parameter', locationOf(checker, parameter.name), { name: parameter.name.text })
    }
    if (parameter.default !== undefined)
      checkDefault({ ...checker, hasContext: true }, parameter.type, parameter.default)
  }
}

export function checkDefault(checker: Checker, name: ast.Name | undefined, value: ast.Expression): void {
  const type = name === undefined ? undefined : typeNamed(name.text)
  if (name === undefined || type === undefined) {
    inferExpression(checker, value)
    return
  }
  expectType(checker, value, { type, label: { ...locationOf(checker, name), text: 'declared here' } })
}
