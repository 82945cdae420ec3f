import type { Expression } from '../../ir/model/expression.js'
import type { Settings } from '../../ir/model/search.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression, lowerResolved } from './expression.js'
import { labelled, type LoweringContext } from './lowering.js'
import { reachParam } from './reach.js'

export function lowerSettings(context: LoweringContext, items: readonly ast.SearchClause[]): Settings {
  const params: [string, Expression][] = []
  const values: [string, Expression][] = []
  const blocks: [string, Settings][] = []
  for (const item of items) {
    switch (item.kind) {
      case 'override-setting':
        params.push(lowerOverride(context, item.name, item.value))
        break
      case 'value-setting': {
        const resolved = context.lowering.checked.facts.calls.get(item)
        if (resolved === undefined) throw new Error(`the setting ${item.name.text} is unknown`)
        values.push([item.name.text, lowerResolved(context, resolved)])
        break
      }
      case 'block-setting':
        blocks.push([item.name.text, lowerSettings(context, item.settings.items)])
        break
      default:
    }
  }
  return { params: Object.fromEntries(params), values: Object.fromEntries(values), blocks: Object.fromEntries(blocks) }
}

/** `cells = 3`; the param is part of the program even if nothing else speaks of it. */
export function lowerOverride(context: LoweringContext, name: ast.Name, value: ast.Expression): [string, Expression] {
  const resolution = context.lowering.checked.program.references.resolutionOf(name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'param') throw new Error(`${name.text} is no param`)
  reachParam(context.lowering, resolution.symbol)
  return [name.text, lowerExpression(labelled(context, name.text), value)]
}
