import type { BuiltIn } from './builtins.js'
import { builtIns, namesInRequires } from './builtins.js'
import type { NamedSymbol } from './symbol.js'

/** What a name stands for. */
export type Resolution =
  | { readonly kind: 'symbol'; readonly symbol: NamedSymbol }
  | BuiltIn
  /** A bare word where a component takes one: `per: edge`. */
  | { readonly kind: 'word'; readonly text: string }
  /** Imported by whole modules from several places. */
  | { readonly kind: 'ambiguous'; readonly symbols: readonly NamedSymbol[] }
  /** It would come from a module that is missing, or was reported already: nothing more is said of it. */
  | { readonly kind: 'unknown' }

/** Names that can be seen from a place. */
export interface Scope {
  lookup(name: string): Resolution | undefined
  /** Every name with its resolution, inner ones first. */
  entries(): Iterable<readonly [string, Resolution]>
}

export const builtInScope: Scope = {
  lookup: (name) => builtIns.get(name),
  entries: () => builtIns.entries(),
}

/** The names of `own`, in front of those of `outer`. `own` may still grow. */
export function nestedScope(own: ReadonlyMap<string, Resolution>, outer: Scope): Scope {
  return {
    lookup: (name) => own.get(name) ?? outer.lookup(name),
    *entries() {
      yield* own.entries()
      yield* outer.entries()
    },
  }
}

export function symbolScope(symbols: ReadonlyMap<string, NamedSymbol>, outer: Scope): Scope {
  return {
    lookup(name) {
      const symbol = symbols.get(name)
      return symbol === undefined ? outer.lookup(name) : { kind: 'symbol', symbol }
    },
    *entries() {
      for (const [name, symbol] of symbols) yield [name, { kind: 'symbol', symbol }] as const
      yield* outer.entries()
    },
  }
}

/** What a `require` sees: all that is seen around it, and the parts of the network. */
export function requireScope(outer: Scope): Scope {
  return {
    lookup(name) {
      const resolution = outer.lookup(name)
      // Facts of a place have no value here; a choice may be named after one.
      if (resolution?.kind === 'context') return { kind: 'part', name }
      return resolution ?? namesInRequires.get(name)
    },
    *entries() {
      yield* outer.entries()
      yield* namesInRequires.entries()
    },
  }
}

/** Any name that `outer` does not know is taken on trust. */
export function trustingScope(outer: Scope): Scope {
  return { lookup: (name) => outer.lookup(name) ?? { kind: 'unknown' }, entries: () => outer.entries() }
}

/**
 * The names of `first`, then those of `second`: a search or an architecture also sees what the module of its space sees.
 * Built-in names come last.
 */
export function joinedScope(first: Scope, second: Scope): Scope {
  const declared = (scope: Scope, name: string): Resolution | undefined => {
    const resolution = scope.lookup(name)
    return resolution === builtIns.get(name) || resolution?.kind === 'unknown' ? undefined : resolution
  }
  return {
    lookup: (name) => declared(first, name) ?? declared(second, name) ?? first.lookup(name) ?? second.lookup(name),
    *entries() {
      yield* first.entries()
      yield* second.entries()
    },
  }
}

/** Names that one only of some modules declares. */
export function namesOfAll(modules: Iterable<ReadonlyMap<string, NamedSymbol>>): Scope {
  const own = [...modules]
  return {
    lookup(name) {
      const [symbol, ...others] = own.flatMap((names) => names.get(name) ?? [])
      return symbol === undefined || others.length > 0 ? undefined : { kind: 'symbol', symbol }
    },
    entries: () => [],
  }
}
