import { walk } from '../syntax/visit.js'
import type * as ast from '../syntax/ast.js'
import { bindName, type Binder } from './binder.js'
import { headOfPath, isPathInRequire } from './decision-path.js'
import { mayNameDecision } from './decision-names.js'
import { bindExpression } from './expression.js'
import { keyOf } from './symbol.js'

/**
 * Resolves a path in a `require`, `mb2.layer[1].kernel` or a name alone that only the decisions of the space have: `kernel`, for
 * a choice that is made `per space`. Which decisions there are is known once the space is built.
 *
 * @returns false where an expression is no path
 */
export function bindRequiredPath(binder: Binder, expression: ast.Expression): boolean {
  const head = headOfPath(expression)
  if (head === undefined || (expression.kind === 'call' && expression.callee.kind === 'name-expression')) return false
  const { name } = head
  const resolution = binder.scope.lookup(keyOf('param', name.text))
  if (resolution === undefined) {
    if (!mayNameDecision(binder.modules, name.text, expression !== head)) return false
  } else if (!isPathInRequire(expression, resolution)) return false
  if (resolution === undefined || resolution.kind === 'ambiguous') {
    binder.references.record(name, binder.file, { kind: 'part', name: name.text }, binder.owner)
  } else bindName(binder, name)
  bindIndices(binder, expression)
  return true
}

/** `n[i]`. Behind a path, `x` of `only.n1.through[x]` is a name of the cell, wherever it is written. */
function bindIndices(binder: Binder, expression: ast.Expression): void {
  if (expression.kind === 'index' && expression.target.kind === 'name-expression')
    bindExpression(binder, expression.index)
  else if (expression.kind === 'index' || expression.kind === 'field') bindIndices(binder, expression.target)
  else if (expression.kind === 'call') {
    for (const argument of expression.arguments) mentionNames(binder, argument)
    bindIndices(binder, expression.callee)
  }
}

/** Arguments in a path are as they print where they were given: what is seen here counts as used, and nothing is missing. */
function mentionNames({ scope, references, file, owner }: Binder, argument: ast.Argument): void {
  walk(argument, (node) => {
    const resolution = node.kind === 'name-expression' ? scope.lookup(keyOf('param', node.name.text)) : undefined
    if (resolution?.kind === 'symbol' && node.kind === 'name-expression')
      references.record(node.name, file, resolution, owner)
    return true
  })
}
