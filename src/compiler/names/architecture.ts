import type * as ast from '../syntax/ast.js'
import type { Binder } from './binder.js'
import { bindExpression } from './expression.js'
import { joinedScope, type Scope } from './scope.js'
import { bindParam } from './search.js'
import type { ParamSymbol } from './symbol.js'

/**
 * Resolves operations, values and expectations of an architecture. Its paths and sources are names of decisions; the
 * model checks them against the space.
 *
 * @param options names that options may have besides: those of whatever module the space takes them from
 */
export function bindArchitecture(
  binder: Binder,
  items: readonly ast.ArchitectureItem[],
  params: ReadonlyMap<string, ParamSymbol>,
  options: Scope,
): void {
  const naming: Binder = { ...binder, scope: joinedScope(binder.scope, options) }
  for (const item of items) {
    switch (item.kind) {
      case 'architecture-block':
        bindArchitecture(binder, item.items, params, options)
        break
      case 'edges':
        for (const edge of item.edges) bindExpression(naming, edge.operation, 'callee')
        break
      case 'value-item':
        if (takesStates(item.path)) bindExpression(binder, item.value, 'word')
        else bindExpression(naming, item.value)
        break
      case 'layers':
        for (const value of item.values) bindExpression(naming, value)
        break
      case 'with':
        for (const { path, value } of item.assignments) {
          bindParam(binder, path.head, params)
          bindExpression(binder, value)
        }
        break
      case 'expect':
        bindExpression(binder, item.cost, 'word')
        bindExpression(binder, item.value)
        if (item.within !== undefined) bindExpression(binder, item.within)
    }
  }
}

/** `output: { n1, n3 }`, `output.plus[1]: { x }`, `n2.from: { s0 }`: states of the cell, which the model checks. */
function takesStates(path: ast.Path): boolean {
  const last = path.steps.findLast((step) => step.kind === 'path-field')
  return ['output', 'plus', 'from'].includes(last?.name.text ?? path.head.text)
}
