import type { IrLet } from '../../ir/model/space.js'
import type { References } from '../names/references.js'
import type * as ast from '../syntax/ast.js'
import { walk } from '../syntax/visit.js'
import { lowerExpression } from './expression.js'
import { from, labelled, type LoweringContext } from './lowering.js'

/** A text that stands in for another one. */
export interface Replacement {
  readonly value: ast.Expression
  readonly file: string
}

/**
 * Lets of a block in an order in which each one follows those that it speaks of.
 *
 * @param replacements what rewrites put in the place of one, the innermost first. What one says of the `let` itself is meant as
 *        that was before.
 */
export function lowerLets(
  context: LoweringContext,
  items: readonly ast.LetDeclaration[],
  replacements: (name: string) => readonly Replacement[] = () => [],
): readonly IrLet[] {
  const { references } = context.lowering.checked.program
  const valueOf = (item: ast.LetDeclaration): ast.Expression => replacements(item.name.text).at(-1)?.value ?? item.value
  return inOrder(items, valueOf, references).map((item) => {
    const name = item.name.text
    let value = (): IrLet['value'] => lowerExpression(labelled(context, name), item.value)
    for (const other of replacements(name)) {
      const before = { declaration: item, value }
      const inner: LoweringContext = {
        ...context,
        file: other.file,
        variant: context.variant?.base,
        label: name,
        before,
      }
      value = () => lowerExpression(inner, other.value)
    }
    return from(context, item, { name, value: value() })
  })
}

function inOrder(
  items: readonly ast.LetDeclaration[],
  valueOf: (item: ast.LetDeclaration) => ast.Expression,
  references: References,
): readonly ast.LetDeclaration[] {
  const ordered: ast.LetDeclaration[] = []
  const seen = new Set<ast.LetDeclaration>()
  const visit = (item: ast.LetDeclaration): void => {
    if (seen.has(item)) return
    seen.add(item)
    walk(valueOf(item), (node) => {
      if (node.kind !== 'name-expression') return true
      const resolution = references.resolutionOf(node.name)
      const declaration = resolution?.kind === 'symbol' ? resolution.symbol.declaration : undefined
      const other = items.find((each) => each === declaration)
      if (other !== undefined) visit(other)
      return true
    })
    ordered.push(item)
  }
  items.forEach(visit)
  return ordered
}
