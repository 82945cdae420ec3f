import type { Expression } from '../../ir/model/expression.js'
import type { IrRequire, IrSpace, NetworkItem, StackItem, StageItem } from '../../ir/model/space.js'
import { instancesOf, structureOf, type SpaceStructure } from '../check/declarations/space-structure.js'
import type { LetSymbol, NamedSymbol, SpaceSymbol } from '../names/symbol.js'
import type * as ast from '../syntax/ast.js'
import { cellId, lowerRequire, type NodeRewrites } from './cell.js'
import { lowerArguments, lowerExpression } from './expression.js'
import { idOf } from './ids.js'
import { lowerLets, type Replacement } from './lets.js'
import { checkerAt, from, labelled, type Lowering, type LoweringContext, type Variant } from './lowering.js'
import { docOf } from './reach.js'

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
  const builder = createBuilder({ ...context, file: structure.file }, structure)
  const lowered = builder.build()
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

type Body = Pick<IrSpace, 'input' | 'classes' | 'lets' | 'cells' | 'network' | 'requires'>

function createBuilder(context: LoweringContext, structure: SpaceStructure): { build(): Body } {
  const { lowering, variant } = context
  const { definition } = structure

  /** What rewrites put in the place of a clause or a property of a stage, the innermost first. */
  const replacements = (head: string, property?: string): readonly Replacement[] =>
    structure.rewrites.flatMap(({ rewrite, file }) => {
      if (rewrite.kind !== 'value-rewrite' || rewrite.path.head.text !== head) return []
      const [step] = rewrite.path.steps
      const named = step?.kind === 'path-field' ? step.name.text : undefined
      return named === property ? [{ value: rewrite.value, file }] : []
    })
  const replacement = (head: string, property?: string): Replacement | undefined => replacements(head, property).at(-1)
  /** Lowers a text, or what stands in for it; that speaks of the space before it was rewritten. */
  const lowered = (label: string, value: ast.Expression, other: Replacement | undefined): Expression =>
    other === undefined
      ? lowerExpression(labelled(context, label), value)
      : lowerExpression({ ...context, file: other.file, variant: variant?.base, label }, other.value)

  const nodeRewrites = (): NodeRewrites | undefined => {
    if (variant === undefined) return undefined
    let sources: NodeRewrites['from']
    for (const { rewrite, file } of structure.rewrites) {
      if (rewrite.kind === 'sources-rewrite') sources = { sources: rewrite.sources, file }
    }
    const through = replacement('through')
    if (sources === undefined && through === undefined) return undefined
    return {
      variant,
      ...(sources === undefined ? {} : { from: sources }),
      ...(through === undefined ? {} : { through: { operation: through.value, file: through.file } }),
    }
  }

  const lowerCells = (): IrSpace['cells'] =>
    instancesOf(checkerAt(context), structure).map(({ name, cell, value, file }) => {
      const resolved = lowering.checked.facts.calls.get(value)
      return {
        name,
        cell: cellId(lowering, cell, variant, nodeRewrites()),
        arguments: resolved === undefined ? {} : lowerArguments({ ...context, file }, resolved),
      }
    })

  const stackNames = new Map<ast.StackItem, string>()
  const lowerStack = (item: ast.StackItem): StackItem => {
    const position = stackNames.size + 1
    const name = position === 1 ? 'cells' : `cells${position}`
    stackNames.set(item, name)
    return from(context, item, {
      kind: 'stack',
      name,
      count: lowered('count', item.count, undefined),
      cell: item.cell.text,
      exceptions: item.exceptions.map(({ cell, at }) => ({ cell: cell.text, at: lowered('at', at, undefined) })),
      channels:
        item.channels === undefined ? { kind: 'context', name: 'in' } : lowered('channels', item.channels, undefined),
      doubledAt: item.doubledAt.map(({ text }) => text),
    })
  }

  const lowerStage = (stage: ast.StageItem): StageItem => {
    const properties = new Map<string, ast.Expression>()
    for (const item of stage.items) if (item.kind === 'stage-property') properties.set(item.property, item.value)
    const property = (name: ast.StagePropertyName): Expression | undefined => {
      const value = properties.get(name)
      const other = replacement(stage.name.text, name)
      const written = value ?? other?.value
      return written === undefined ? undefined : lowered(name === 'first' ? 'layer' : name, written, other)
    }
    const layer = property('layer')
    if (layer === undefined) throw new Error(`the stage ${stage.name.text} has no layer`)
    const first = property('first')
    return from(context, stage, {
      kind: 'stage',
      name: stage.name.text,
      lets: lowerLets(
        context,
        stage.items.filter((item) => item.kind === 'let'),
      ),
      width: property('width') ?? { kind: 'context', name: 'in' },
      depth: property('depth') ?? { kind: 'number', value: 1 },
      stride: property('stride') ?? { kind: 'number', value: 1 },
      layer,
      ...(first === undefined ? {} : { first }),
    })
  }

  const lowerNetwork = (items: readonly ast.NetworkItem[]): readonly NetworkItem[] =>
    items.flatMap((item): NetworkItem[] => {
      switch (item.kind) {
        case 'stem':
          return [
            from(context, item, { kind: 'stem', parts: item.parts.map((part) => lowered('stem', part, undefined)) }),
          ]
        case 'head':
          return [from(context, item, { kind: 'head', body: lowered('head', item.value, undefined) })]
        case 'stack':
          return [lowerStack(item)]
        case 'stage':
          return [lowerStage(item)]
        case 'let':
        case 'require':
          return []
      }
    })

  const lowerRequires = (): readonly IrRequire[] =>
    definition.items.flatMap((item): IrRequire[] => {
      if (item.kind === 'require' || item.kind === 'require-every') return [lowerRequire(context, item)]
      if (item.kind !== 'network') return []
      return item.items.flatMap((part): IrRequire[] => {
        if (part.kind === 'require') return [lowerRequire(context, part)]
        if (part.kind !== 'stage') return []
        const within = { ...context, requiredOf: part.name.text }
        return part.items.filter((each) => each.kind === 'require').map((each) => lowerRequire(within, each))
      })
    })

  return {
    build() {
      const network = definition.items.filter((item) => item.kind === 'network').flatMap((item) => item.items)
      const lets = [
        ...definition.items.filter((item) => item.kind === 'let'),
        ...network.filter((item) => item.kind === 'let'),
      ]
      const loweredLets = lowerLets(context, lets, replacements)
      const input = definition.items.find((item) => item.kind === 'input')
      const classes = definition.items.find((item) => item.kind === 'classes')
      if (input === undefined || classes === undefined)
        throw new Error(`the space ${definition.name.text} is not complete`)
      const image = lowerImage(
        context,
        replacement('input'),
        input.value,
        loweredLets.map(({ name }) => name),
      )
      return {
        input: image.input,
        classes: lowered('classes', classes.value, replacement('classes')),
        lets: [...loweredLets, ...image.lets],
        cells: lowerCells(),
        network: lowerNetwork(network),
        requires: lowerRequires(),
      }
    },
  }
}

/**
 * `image(height, width, channels)`, or `image(side, channels)` of a square: one decision `resolution` for both sides where
 * the side is open.
 */
function lowerImage(
  context: LoweringContext,
  other: Replacement | undefined,
  written: ast.Expression,
  taken: readonly string[],
): Pick<IrSpace, 'input' | 'lets'> {
  const inner: LoweringContext =
    other === undefined ? context : { ...context, file: other.file, variant: context.variant?.base }
  const call = ungrouped(other?.value ?? written)
  const values = call.kind === 'call' ? call.arguments.map(({ value }) => value) : []
  const channels = values.at(-1)
  const [height, width] = values
  if (height === undefined || width === undefined || channels === undefined)
    throw new Error('an input that is no image')
  const size = (label: string, value: ast.Expression): Expression => lowerExpression(labelled(inner, label), value)
  if (values.length === 3) {
    return {
      lets: [],
      input: { height: size('height', height), width: size('width', width), channels: size('channels', channels) },
    }
  }
  const side = size('resolution', height)
  if (side.kind === 'number' || side.kind === 'param' || side.kind === 'local') {
    return {
      lets: [],
      input: { height: side, width: size('resolution', height), channels: size('channels', channels) },
    }
  }
  let name = 'resolution'
  while (taken.includes(name)) name = `${name}_`
  const local: Expression = { kind: 'local', name }
  return {
    lets: [{ name, value: side }],
    input: { height: local, width: { ...local }, channels: size('channels', channels) },
  }
}

function ungrouped(expression: ast.Expression): ast.Expression {
  return expression.kind === 'group' ? ungrouped(expression.inner) : expression
}
