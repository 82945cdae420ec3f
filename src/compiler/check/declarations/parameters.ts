import type * as ast from '../../syntax/ast.js'
import { locationOf, type Checker } from '../checker.js'
import { expectType, inferExpression } from '../expressions/expression.js'
import { checkTypeName } from '../expressions/signature.js'
import { checkKnownValue } from '../expressions/known-value.js'
import { typeNamed } from '../types/type.js'
import { uniqueClauses } from './unique-clauses.js'

/** Checks types and defaults of parameters of operations, cells, primitives and components. */
export function checkParameters(checker: Checker, parameters: readonly ast.Parameter[]): void {
  for (const parameter of parameters) {
    if (parameter.words !== undefined) checkWords(checker, parameter, parameter.words)
    else if (parameter.type !== undefined) checkTypeName(checker, parameter.type)
    else if (parameter.default === undefined && !parameter.name.missing) {
      checker.report.add('untyped-parameter', locationOf(checker, parameter.name), { name: parameter.name.text })
    }
    if (parameter.default !== undefined && parameter.words === undefined)
      checkDefault({ ...checker, hasContext: true }, parameter.type, parameter.default)
  }
}

/** Each word is there once, and the default is one of them. */
function checkWords(checker: Checker, parameter: ast.Parameter, words: readonly ast.Name[]): void {
  const said = uniqueClauses<ast.Name>(checker)
  for (const word of words) if (!word.missing) said.add(word.text, word)
  const { name, default: usual } = parameter
  if (usual === undefined || !expectType(checker, usual, { type: 'string' })) return
  checkKnownValue(checker, usual, { name: name.text, words: words.map(({ text }) => text) })
}

export function checkDefault(checker: Checker, name: ast.Name | undefined, value: ast.Expression): void {
  const type = name === undefined ? undefined : typeNamed(name.text)
  if (name === undefined || type === undefined) {
    inferExpression(checker, value)
    return
  }
  expectType(checker, value, { type, label: { ...locationOf(checker, name), text: 'declared here' } })
}
