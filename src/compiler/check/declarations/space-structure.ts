import type { CellSymbol, NamedSymbol, SpaceSymbol } from '../../names/symbol.js'
import type * as ast from '../../syntax/ast.js'
import { resolutionOf, type Checker } from '../checker.js'

/** A rewrite with the module where it stands. */
export interface PlacedRewrite {
  readonly rewrite: ast.Rewrite
  readonly file: string
}

/** A space with everything that was rewritten of it, the innermost first. */
export interface SpaceStructure {
  readonly definition: ast.SpaceDefinition
  readonly file: string
  readonly rewrites: readonly PlacedRewrite[]
}

/** A cell of a space, `cell normal = darts`. */
export interface Instance {
  readonly name: string
  readonly cell: CellSymbol
  /** The call with its arguments and the module where it stands. */
  readonly value: ast.Expression
  readonly file: string
}

/** `undefined` where the space is broken, which is reported elsewhere. */
export function structureOf(
  checker: Checker,
  space: SpaceSymbol | undefined,
  further: readonly PlacedRewrite[] = [],
): SpaceStructure | undefined {
  if (space === undefined) return undefined
  const { declaration } = space
  const { file } = space.location
  if (declaration.kind === 'space') return { definition: declaration, file, rewrites: further }
  const own = declaration.rewrites.map((rewrite) => ({ rewrite, file }))
  return structureOf(checker, checker.program.spaceOf.get(space), [...own, ...further])
}

/** The structure behind the name of a space in a search or an architecture, with the rewrites of the search. */
export function structureBehind(checker: Checker, symbol: NamedSymbol): SpaceStructure | undefined {
  const search = checker.program.searchOf.get(symbol)
  if (search !== undefined) return structureBehind(checker, search)
  const rewrites = symbol.kind === 'search' ? symbol.declaration.rewrites : []
  const placed = rewrites.map((rewrite) => ({ rewrite, file: symbol.location.file }))
  return structureOf(checker, checker.program.spaceOf.get(symbol), placed)
}

export function instancesOf(checker: Checker, structure: SpaceStructure): readonly Instance[] {
  const found: Instance[] = []
  for (const item of structure.definition.items) {
    if (item.kind !== 'space-cell') continue
    let value = item.value
    let { file } = structure
    for (const { rewrite, file: from } of structure.rewrites) {
      if (rewrite.kind !== 'value-rewrite' || rewrite.path.head.text !== item.name.text) continue
      value = rewrite.value
      file = from
    }
    const callee = value.kind === 'call' ? value.callee : value
    const resolution = callee.kind === 'name-expression' ? resolutionOf(checker, callee.name) : undefined
    if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'cell') continue
    found.push({ name: item.name.text, cell: resolution.symbol, value, file })
  }
  return found
}

/** Where the nodes of a space take their inputs from, if that was rewritten. */
export function rewrittenSources(
  structure: SpaceStructure,
): { readonly sources: ast.Sources; readonly file: string } | undefined {
  const found = structure.rewrites.flatMap(({ rewrite, file }) =>
    rewrite.kind === 'sources-rewrite' ? [{ sources: rewrite.sources, file }] : [],
  )
  return found.at(-1)
}
