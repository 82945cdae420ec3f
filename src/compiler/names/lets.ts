import type * as ast from '../syntax/ast.js'
import { locationOf, type Binder } from './binder.js'
import { declare } from './declare.js'
import { bindExpression } from './expression.js'
import type { LetLevel, NamedSymbol } from './symbol.js'

/** Adds the symbol of a `let` to the names of its block. */
export function declareLet(
  binder: Binder,
  names: Map<string, NamedSymbol>,
  item: ast.LetDeclaration,
  level: LetLevel,
): void {
  const location = locationOf(binder, item.name)
  declare(names, { kind: 'let', level, name: item.name.text, location, declaration: item }, binder.report)
}

/** Resolves the value of a `let` of a block; `names` has the symbol that was declared for it. */
export function bindLet(binder: Binder, item: ast.LetDeclaration, names: ReadonlyMap<string, NamedSymbol>): void {
  const symbol = names.get(item.name.text)
  if (symbol?.kind === 'let' && symbol.declaration === item) binder.references.declareAt(item.name, symbol)
  bindExpression({ ...binder, owner: symbol ?? binder.owner }, item.value)
}
