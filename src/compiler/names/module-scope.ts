import { suggest } from '../diagnostics/suggest.js'
import type { Report } from '../diagnostics/report.js'
import type { Module } from '../modules/module-graph.js'
import type * as ast from '../syntax/ast.js'
import { declare, symbolOf } from './declare.js'
import type { ReferenceRecorder } from './references.js'
import { builtInScope, nestedScope, symbolScope, trustingScope, type Resolution, type Scope } from './scope.js'
import { keyOf, namespaces, type NamedSymbol } from './symbol.js'

/** A name that an import brings in. */
export interface ImportedName {
  readonly symbol: NamedSymbol
  /** The name in the text: the alias if there is one. */
  readonly name: ast.Name
  readonly item: ast.ImportName
  readonly declaration: ast.ImportDeclaration
}

export interface ModuleScope {
  readonly module: Module
  /** What the module declares: these names are public. */
  readonly own: ReadonlyMap<string, NamedSymbol>
  readonly imported: readonly ImportedName[]
  /** Modules that are imported as a whole. */
  readonly wholes: readonly { readonly declaration: ast.ImportDeclaration; readonly scope: ModuleScope }[]
  /** Own names, then names imported by name, then names of whole modules, then built-in ones. */
  readonly scope: Scope
}

/** Collects what a module declares and imports. `scopes` holds the modules before it. */
export function moduleScope(
  module: Module,
  scopes: ReadonlyMap<string, ModuleScope>,
  references: ReferenceRecorder,
  report: Report,
): ModuleScope {
  const own = new Map<string, NamedSymbol>()
  for (const declaration of module.syntax.declarations) {
    const symbol = symbolOf(declaration, module.path, report)
    if (symbol !== undefined) declare(own, symbol, report)
  }

  const imported: ImportedName[] = []
  const byName = new Map<string, Resolution>()
  const missing: ast.ImportDeclaration[] = []
  const wholes: { declaration: ast.ImportDeclaration; scope: ModuleScope }[] = []
  const byWhole = new Map<string, Resolution>()
  module.syntax.imports.forEach((declaration, index) => {
    const path = module.imports[index]
    const source = path === undefined ? undefined : scopes.get(path)
    if (source === undefined) {
      // The module is missing, and that is reported; what it was to bring in counts as known.
      if (declaration.names === undefined) missing.push(declaration)
      for (const { name, alias } of declaration.names ?? []) {
        for (const kind of namespaces) byName.set(keyOf(kind, (alias ?? name).text), { kind: 'unknown' })
      }
      return
    }
    if (declaration.names === undefined) {
      wholes.push({ declaration, scope: source })
      for (const symbol of source.own.values()) addWhole(byWhole, symbol)
      return
    }
    for (const item of declaration.names) {
      const symbols = importedSymbols(item, source, module, report)
      const name = item.alias ?? item.name
      if (symbols.length === 0) for (const kind of namespaces) byName.set(keyOf(kind, name.text), { kind: 'unknown' })
      for (const symbol of symbols) {
        references.record(item.name, module.path, { kind: 'symbol', symbol }, undefined)
        if (declareImport(byName, own, symbol, name, module, report)) imported.push({ symbol, name, item, declaration })
      }
    }
  })

  const outer = nestedScope(withOthers(byName, byWhole), nestedScope(byWhole, builtInScope))
  return { module, own, imported, wholes, scope: symbolScope(own, missing.length > 0 ? trustingScope(outer) : outer) }
}

/**
 * An operation that is imported by name does not hide a search component of a whole module, nor the other way round: the place
 * tells which of them is meant (`linear` is a layer and a schedule).
 */
function withOthers(
  byName: ReadonlyMap<string, Resolution>,
  byWhole: ReadonlyMap<string, Resolution>,
): ReadonlyMap<string, Resolution> {
  const joined = new Map(byName)
  for (const [key, resolution] of byName) {
    const whole = byWhole.get(key)
    if (resolution.kind !== 'symbol' || whole === undefined) continue
    const { symbol } = resolution
    const symbols = whole.kind === 'ambiguous' ? whole.symbols : whole.kind === 'symbol' ? [whole.symbol] : []
    const others = symbols.filter((other) => (other.kind === 'component') !== (symbol.kind === 'component'))
    if (others.length > 0) joined.set(key, { kind: 'ambiguous', symbols: [symbol, ...others] })
  }
  return joined
}

/** A name may stand for a cell and for a space: both are imported. */
function importedSymbols(
  item: ast.ImportName,
  source: ModuleScope,
  module: Module,
  report: Report,
): readonly NamedSymbol[] {
  const symbols = namespaces.flatMap((kind) => source.own.get(keyOf(kind, item.name.text)) ?? [])
  if (symbols.length > 0 || item.name.missing) return symbols
  const location = { file: module.path, span: item.name.span }
  const names = [...source.own.values()].map(({ name }) => name)
  report.add(
    'not-exported',
    location,
    { module: source.module.path, name: item.name.text },
    suggest(item.name.text, names, location),
  )
  return []
}

/** Says whether the name was free. */
function declareImport(
  byName: Map<string, Resolution>,
  own: ReadonlyMap<string, NamedSymbol>,
  symbol: NamedSymbol,
  name: ast.Name,
  module: Module,
  report: Report,
): boolean {
  const location = { file: module.path, span: name.span }
  const key = keyOf(symbol.kind, name.text)
  const declared = own.get(key)
  const earlier = declared?.location ?? (byName.has(key) ? firstImport(module, name) : undefined)
  if (earlier === undefined) {
    byName.set(key, { kind: 'symbol', symbol })
    return true
  }
  report.add(
    'duplicate-name',
    declared?.location ?? location,
    { name: name.text },
    {
      label: 'declared again here',
      labels: [{ ...(declared === undefined ? earlier : location), text: 'imported here' }],
      help: 'Import it under another name: `import { name as other } from …`.',
    },
  )
  return false
}

function firstImport(module: Module, name: ast.Name): { readonly file: string; readonly span: ast.Name['span'] } {
  for (const declaration of module.syntax.imports) {
    for (const item of declaration.names ?? []) {
      const bound = item.alias ?? item.name
      if (bound.text === name.text) return { file: module.path, span: bound.span }
    }
  }
  return { file: module.path, span: name.span }
}

function addWhole(names: Map<string, Resolution>, symbol: NamedSymbol): void {
  const key = keyOf(symbol.kind, symbol.name)
  const known = names.get(key)
  if (known === undefined) names.set(key, { kind: 'symbol', symbol })
  else if (known.kind === 'ambiguous') names.set(key, { kind: 'ambiguous', symbols: [...known.symbols, symbol] })
  else if (known.kind === 'symbol' && known.symbol !== symbol) {
    names.set(key, { kind: 'ambiguous', symbols: [known.symbol, symbol] })
  }
}
