import type { SourceLocation } from '../diagnostics/diagnostic.js'
import type { Name } from '../syntax/ast.js'
import type { Resolution } from './scope.js'
import type { NamedSymbol } from './symbol.js'

/** Which name means what, and where a symbol is used: what later stages and the editor look up. */
export interface References {
  resolutionOf(name: Name): Resolution | undefined
  /** Places of use in the order in which they were bound, without the declaration. */
  placesOf(symbol: NamedSymbol): readonly SourceLocation[]
  /** What the declaration of a symbol mentions, with the first place. */
  mentionsOf(symbol: NamedSymbol): ReadonlyMap<NamedSymbol, SourceLocation>
  used(symbol: NamedSymbol): boolean
  /** The symbol that a name declares, if the name is that of a declaration inside of a block. */
  declaredAt(name: Name): NamedSymbol | undefined
}

export interface ReferenceRecorder extends References {
  /** @param by the symbol in whose declaration the name stands */
  record(name: Name, file: string, resolution: Resolution, by: NamedSymbol | undefined): void
  declareAt(name: Name, symbol: NamedSymbol): void
}

export function createReferences(): ReferenceRecorder {
  const resolutions = new Map<Name, Resolution>()
  const locations = new Map<NamedSymbol, SourceLocation[]>()
  const mentions = new Map<NamedSymbol, Map<NamedSymbol, SourceLocation>>()
  const declared = new Map<Name, NamedSymbol>()
  const nothing: ReadonlyMap<NamedSymbol, SourceLocation> = new Map()
  return {
    resolutionOf: (name) => resolutions.get(name),
    placesOf: (symbol) => locations.get(symbol) ?? [],
    mentionsOf: (symbol) => mentions.get(symbol) ?? nothing,
    used: (symbol) => locations.has(symbol),
    declaredAt: (name) => declared.get(name),
    declareAt: (name, symbol) => declared.set(name, symbol),
    record(name, file, resolution, by) {
      resolutions.set(name, resolution)
      if (resolution.kind !== 'symbol') return
      const location = { file, span: name.span }
      const found = locations.get(resolution.symbol)
      if (found === undefined) locations.set(resolution.symbol, [location])
      else found.push(location)
      if (by === undefined) return
      const mentioned = mentions.get(by) ?? new Map<NamedSymbol, SourceLocation>()
      if (!mentioned.has(resolution.symbol)) mentioned.set(resolution.symbol, location)
      mentions.set(by, mentioned)
    },
  }
}
