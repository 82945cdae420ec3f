import type * as ast from '../../syntax/ast.js'
import type { Checker } from '../checker.js'
import { expectType, inferLet } from '../expressions/expression.js'
import { checkKnownWord } from './known-word.js'

/** What a `require every node …` may demand. */
const everyConditions = ['reached', 'used']

/** What may stand in several kinds of declarations: in cells, spaces, networks and stages. */
export type Statement = ast.LetDeclaration | ast.Require | ast.RequireEvery

export function checkStatement(checker: Checker, item: Statement): void {
  switch (item.kind) {
    case 'let':
      inferLet(checker, item)
      return
    case 'require':
      expectType({ ...checker, requires: true, naming: true }, item.test, { type: 'bool' })
      return
    case 'require-every':
      for (const condition of item.conditions) checkKnownWord(checker, condition, everyConditions)
      if (item.otherwise !== undefined) checkKnownWord(checker, item.otherwise, ['removed'])
  }
}
