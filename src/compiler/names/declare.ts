import { componentKinds, type ComponentKind } from '../../ir/model/search.js'
import { suggest } from '../diagnostics/suggest.js'
import type { Report } from '../diagnostics/report.js'
import type * as ast from '../syntax/ast.js'
import { keyOf, type NamedSymbol } from './symbol.js'

/** Adds a symbol to the names of a block; a second one of the same name is reported with both places, and left out. */
export function declare(symbols: Map<string, NamedSymbol>, symbol: NamedSymbol, report: Report): void {
  if (symbol.name === '') return
  const key = keyOf(symbol.kind, symbol.name)
  const first = symbols.get(key)
  if (first === undefined) {
    symbols.set(key, symbol)
    return
  }
  report.add(
    'duplicate-name',
    symbol.location,
    { name: symbol.name },
    {
      label: 'declared again here',
      labels: [{ ...first.location, text: 'first declared here' }],
    },
  )
}

/** The symbol of a declaration of a module. An `extern` of an unknown category is reported and has none. */
export function symbolOf(declaration: ast.Declaration, file: string, report: Report): NamedSymbol | undefined {
  const base = { name: declaration.name.text, location: { file, span: declaration.name.span } }
  switch (declaration.kind) {
    case 'param':
      return { kind: 'param', ...base, declaration }
    case 'let':
      return { kind: 'let', level: 'module', ...base, declaration }
    case 'op':
      return { kind: 'operation', ...base, declaration }
    case 'extern': {
      const category = declaration.category
      if (category.text === 'op') return { kind: 'primitive', ...base, declaration }
      const component = componentKinds.find((kind) => kind === category.text)
      if (component !== undefined) return { kind: 'component', component, ...base, declaration }
      if (!category.missing) reportCategory(category, file, report)
      return undefined
    }
    case 'cell':
      return { kind: 'cell', ...base, declaration }
    case 'space':
    case 'space-rewrite':
      return { kind: 'space', ...base, declaration }
    case 'search':
      return { kind: 'search', ...base, declaration }
    case 'settings-declaration':
      return { kind: 'settings', ...base, declaration }
    case 'architecture':
      return { kind: 'architecture', ...base, declaration }
  }
}

function reportCategory(category: ast.Name, file: string, report: Report): void {
  const known: readonly (ComponentKind | 'op')[] = ['op', ...componentKinds]
  const location = { file, span: category.span }
  report.add(
    'unknown-category',
    location,
    { name: category.text },
    {
      notes: [`what can be declared by extern: ${known.join(', ')}`],
      ...suggest(category.text, known, location),
    },
  )
}
