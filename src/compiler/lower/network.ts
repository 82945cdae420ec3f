import type { Expression } from '../../ir/model/expression.js'
import type { NetworkItem, StackItem, StageItem } from '../../ir/model/space.js'
import type { SpaceStructure } from '../check/declarations/space-structure.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression } from './expression.js'
import { lowerLets } from './lets.js'
import { from, labelled, type LoweringContext } from './lowering.js'
import { lowerReplaced, replacementOf } from './replacements.js'

/** The items of a network in order. Its stacks are called `cells`, `cells2`, … */
export function lowerNetwork(
  context: LoweringContext,
  structure: SpaceStructure,
  items: readonly ast.NetworkItem[],
): readonly NetworkItem[] {
  const stacks = items.filter((item) => item.kind === 'stack')
  const lowered = (label: string, value: ast.Expression): Expression => lowerExpression(labelled(context, label), value)
  return items.flatMap((item): NetworkItem[] => {
    switch (item.kind) {
      case 'stem':
        return [from(context, item, { kind: 'stem', parts: item.parts.map((part) => lowered('stem', part)) })]
      case 'head':
        return [from(context, item, { kind: 'head', body: lowered('head', item.value) })]
      case 'stack':
        return [lowerStack(context, item, stacks.indexOf(item) + 1)]
      case 'stage':
        return [lowerStage(context, structure, item)]
      case 'let':
      case 'require':
        return []
    }
  })
}

/** @param position among the stacks of the network, from 1 */
function lowerStack(context: LoweringContext, item: ast.StackItem, position: number): StackItem {
  const lowered = (label: string, value: ast.Expression): Expression => lowerExpression(labelled(context, label), value)
  return from(context, item, {
    kind: 'stack',
    name: position === 1 ? 'cells' : `cells${position}`,
    count: lowered('count', item.count),
    cell: item.cell.text,
    exceptions: item.exceptions.map(({ cell, at }) => ({ cell: cell.text, at: lowered('at', at) })),
    channels: item.channels === undefined ? { kind: 'context', name: 'in' } : lowered('channels', item.channels),
    doubledAt: item.doubledAt.map(({ text }) => text),
  })
}

function lowerStage(context: LoweringContext, structure: SpaceStructure, stage: ast.StageItem): StageItem {
  const properties = new Map<string, ast.Expression>()
  for (const item of stage.items) if (item.kind === 'stage-property') properties.set(item.property, item.value)
  const property = (name: ast.StagePropertyName): Expression | undefined => {
    const other = replacementOf(structure, stage.name.text, name)
    const written = properties.get(name) ?? other?.value
    return written === undefined ? undefined : lowerReplaced(context, name === 'first' ? 'layer' : name, written, other)
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
