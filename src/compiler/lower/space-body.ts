import type { Expression } from '../../ir/model/expression.js'
import type { IrRequire, IrSpace } from '../../ir/model/space.js'
import { instancesOf, type SpaceStructure } from '../check/declarations/space-structure.js'
import type * as ast from '../syntax/ast.js'
import { cellId, lowerRequire } from './cell.js'
import { lowerArguments, lowerExpression } from './expression.js'
import { lowerLets, type Replacement } from './lets.js'
import { checkerAt, labelled, type LoweringContext } from './lowering.js'
import { lowerNetwork } from './network.js'
import { lowerReplaced, nodeRewritesOf, replacementOf, replacementsOf } from './replacements.js'

/** What a space is, once what its rewrites say is in place. */
export function lowerBody(
  context: LoweringContext,
  structure: SpaceStructure,
): Pick<IrSpace, 'input' | 'classes' | 'lets' | 'cells' | 'network' | 'requires'> {
  const { definition } = structure
  const network = definition.items.filter((item) => item.kind === 'network').flatMap((item) => item.items)
  const lets = lowerLets(
    context,
    [...definition.items, ...network].filter((item) => item.kind === 'let'),
    (name) => replacementsOf(structure, name),
  )
  const input = definition.items.find((item) => item.kind === 'input')
  const classes = definition.items.find((item) => item.kind === 'classes')
  if (input === undefined || classes === undefined) throw new Error(`the space ${definition.name.text} is not complete`)
  const image = lowerImage(
    context,
    replacementOf(structure, 'input'),
    input.value,
    lets.map(({ name }) => name),
  )
  return {
    input: image.input,
    classes: lowerReplaced(context, 'classes', classes.value, replacementOf(structure, 'classes')),
    lets: [...lets, ...image.lets],
    cells: lowerCells(context, structure),
    network: lowerNetwork(context, structure, network),
    requires: lowerRequires(context, structure),
  }
}

function lowerCells(context: LoweringContext, structure: SpaceStructure): IrSpace['cells'] {
  const { lowering, variant } = context
  return instancesOf(checkerAt(context), structure).map(({ name, cell, value, file }) => {
    const resolved = lowering.checked.facts.calls.get(value)
    return {
      name,
      cell: cellId(lowering, cell, variant, nodeRewritesOf(context, structure)),
      arguments: resolved === undefined ? {} : lowerArguments({ ...context, file }, resolved),
    }
  })
}

function lowerRequires(context: LoweringContext, { definition }: SpaceStructure): readonly IrRequire[] {
  return definition.items.flatMap((item): IrRequire[] => {
    if (item.kind === 'require' || item.kind === 'require-every') return [lowerRequire(context, item)]
    if (item.kind !== 'network') return []
    return item.items.flatMap((part): IrRequire[] => {
      if (part.kind === 'require') return [lowerRequire(context, part)]
      if (part.kind !== 'stage') return []
      const within = { ...context, requiredOf: part.name.text }
      return part.items.filter((each) => each.kind === 'require').map((each) => lowerRequire(within, each))
    })
  })
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
