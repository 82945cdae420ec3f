import type * as ast from '../syntax/ast.js'
import type { Binder } from './binder.js'
import { bindExpression } from './expression.js'
import type { NamedSymbol } from './symbol.js'

/** Resolves the value of a `let` of a block; `names` has the symbol that was declared for it. */
export function bindLet(binder: Binder, item: ast.LetDeclaration, names: ReadonlyMap<string, NamedSymbol>): void {
  const symbol = names.get(item.name.text)
  if (symbol?.kind === 'let' && symbol.declaration === item) binder.references.declareAt(item.name, symbol)
  bindExpression({ ...binder, owner: symbol ?? binder.owner }, item.value)
}
