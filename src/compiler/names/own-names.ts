import { suggest } from '../diagnostics/suggest.js'
import type * as ast from '../syntax/ast.js'
import { bindName, locationOf, type Binder } from './binder.js'
import { keyOf, nameIn, type NamedSymbol } from './symbol.js'

/** Resolves the name of what another declaration is like, or takes its settings from. */
export function bindOwnName<Kind extends 'search' | 'settings'>(
  binder: Binder,
  name: ast.Name,
  kind: Kind,
): Extract<NamedSymbol, { readonly kind: Kind }> | undefined {
  if (name.missing) return undefined
  if (binder.scope.lookup(keyOf(kind, name.text)) === undefined) {
    const location = locationOf(binder, name)
    const names = [...new Set([...binder.scope.entries()].flatMap(([key]) => nameIn(kind, key) ?? []))]
    const known = names.length === 0 ? 'none' : `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`
    const slug = kind === 'search' ? 'unknown-like' : 'unknown-settings'
    binder.report.add(slug, location, { name: name.text, known }, suggest(name.text, names, location))
    return undefined
  }
  const resolution = bindName(binder, name, 'value', kind)
  const isMeant = (symbol: NamedSymbol): symbol is Extract<NamedSymbol, { readonly kind: Kind }> => symbol.kind === kind
  return resolution?.kind === 'symbol' && isMeant(resolution.symbol) ? resolution.symbol : undefined
}
