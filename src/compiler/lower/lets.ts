import type { IrLet } from '../../ir/model/space.js'
import type { References } from '../names/references.js'
import type { NamedSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { from, labelled, type LoweringContext } from './lowering.js'

/** Lets of a block in an order in which each one follows those that it speaks of. */
export function lowerLets(context: LoweringContext, items: readonly ast.LetDeclaration[]): readonly IrLet[] {
  return inOrder(items, context.lowering.checked.program.references).map((item) =>
    from(context, item, {
      name: item.name.text,
      value: lowerExpression(labelled(context, item.name.text), item.value),
    }),
  )
}

function inOrder(items: readonly ast.LetDeclaration[], references: References): readonly ast.LetDeclaration[] {
  const ordered: ast.LetDeclaration[] = []
  const seen = new Set<ast.LetDeclaration>()
  const visit = (item: ast.LetDeclaration): void => {
    if (seen.has(item)) return
    seen.add(item)
    const symbol = references.declaredAt(item.name)
    const mentioned: Iterable<NamedSymbol> = symbol === undefined ? [] : references.mentionsOf(symbol).keys()
    for (const { declaration } of mentioned) {
      const other = items.find((each) => each === declaration)
      if (other !== undefined) visit(other)
    }
    ordered.push(item)
  }
  items.forEach(visit)
  return ordered
}
