import type * as ast from '../syntax/ast.js'
import type { Binder } from './binder.js'
import { declare } from './declare.js'
import { bindExpression } from './expression.js'
import { symbolScope } from './scope.js'
import type { NamedSymbol } from './symbol.js'

/** Declares parameters. A default sees the parameters before it. */
export function bindParameters(
  binder: Binder,
  parameters: readonly ast.Parameter[],
  isFeatureMap: (parameter: ast.Parameter) => boolean = () => false,
): Map<string, NamedSymbol> {
  const names = new Map<string, NamedSymbol>()
  for (const parameter of parameters) {
    if (parameter.default !== undefined) {
      bindExpression({ ...binder, scope: symbolScope(new Map(names), binder.scope) }, parameter.default)
    }
    const base = {
      name: parameter.name.text,
      location: { file: binder.file, span: parameter.name.span },
      declaration: parameter,
    }
    const symbol: NamedSymbol = isFeatureMap(parameter)
      ? { kind: 'feature-map', ...base }
      : { kind: 'parameter', ...base }
    declare(names, symbol, binder.report)
    if (names.get(symbol.name) === symbol) binder.references.declareAt(parameter.name, symbol)
  }
  return names
}
