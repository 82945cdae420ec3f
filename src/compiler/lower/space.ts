import { structureOf } from '../check/declarations/space-structure.js'
import type { LetSymbol, NamedSymbol, SpaceSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { idOf } from './ids.js'
import { checkerAt, from, type Lowering, type LoweringContext, type Variant } from './lowering.js'
import { docOf } from './reach.js'
import { lowerBody } from './space-body.js'

/** The id of a space, which is added to the IR. */
export function spaceId(lowering: Lowering, space: SpaceSymbol): string {
  const id = idOf(lowering.checked.program.graph, space)
  if (lowering.spaces.has(id)) return id
  const { declaration } = space
  if (declaration.kind === 'space') return addSpace(lowering, space, id, space.name, undefined, undefined)
  return rewrittenSpace(lowering, space, id, space.name)
}

/** The space of a search: the search's own if it rewrites what it needs. */
export function spaceIdOf(
  lowering: Lowering,
  owner: Extract<NamedSymbol, { kind: 'search' | 'architecture' }>,
): string {
  const search = lowering.checked.program.searchOf.get(owner)
  if (search !== undefined) return spaceIdOf(lowering, search)
  const base = lowering.checked.program.spaceOf.get(owner)
  if (base === undefined) throw new Error(`${owner.name} has no space`)
  if (owner.kind === 'architecture' || owner.declaration.rewrites.length === 0) return spaceId(lowering, base)
  const id = `${idOf(lowering.checked.program.graph, base)}@${owner.name}`
  return lowering.spaces.has(id) ? id : rewrittenSpace(lowering, owner, id, base.name)
}

function rewrittenSpace(
  lowering: Lowering,
  owner: SpaceSymbol | Extract<NamedSymbol, { kind: 'search' }>,
  id: string,
  name: string,
): string {
  const base = lowering.checked.program.spaceOf.get(owner)
  if (base === undefined) throw new Error(`${owner.name} rewrites no space`)
  return addSpace(lowering, owner, id, name, base, variantOf(lowering, owner))
}

/** The chain of rewrites that ends in `owner`. */
function variantOf(lowering: Lowering, owner: NamedSymbol): Variant | undefined {
  const rewrites = rewritesOf(owner)
  const base = lowering.checked.program.spaceOf.get(owner)
  const below = base === undefined ? undefined : variantOf(lowering, base)
  if (rewrites.length === 0) return below
  const lets = new Map<LetSymbol, { value: ast.Expression; file: string }>()
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'value-rewrite') continue
    const resolution = lowering.checked.program.references.resolutionOf(rewrite.path.head)
    if (resolution?.kind === 'symbol' && resolution.symbol.kind === 'let')
      lets.set(resolution.symbol, { value: rewrite.value, file: owner.location.file })
  }
  return { name: owner.name, lets, ...(below === undefined ? {} : { base: below }) }
}

function rewritesOf(owner: NamedSymbol): readonly ast.Rewrite[] {
  if (owner.kind === 'search') return owner.declaration.rewrites
  return owner.kind === 'space' && owner.declaration.kind === 'space-rewrite' ? owner.declaration.rewrites : []
}

function addSpace(
  lowering: Lowering,
  owner: SpaceSymbol | Extract<NamedSymbol, { kind: 'search' }>,
  id: string,
  name: string,
  base: SpaceSymbol | undefined,
  variant: Variant | undefined,
): string {
  const context: LoweringContext = { lowering, file: owner.location.file, variant, label: name }
  const placed =
    owner.kind === 'search' ? owner.declaration.rewrites.map((rewrite) => ({ rewrite, file: owner.location.file })) : []
  const structure = structureOf(checkerAt(context), owner.kind === 'search' ? base : owner, placed)
  if (structure === undefined) throw new Error(`${owner.name} has no space`)
  const lowered = lowerBody({ ...context, file: structure.file }, structure)
  lowering.spaces.set(
    id,
    from(context, owner.declaration, {
      id,
      name,
      ...docOf(owner.kind === 'space' ? owner.declaration : structure.definition),
      ...(base === undefined ? {} : { base: base.name }),
      ...lowered,
    }),
  )
  return id
}
