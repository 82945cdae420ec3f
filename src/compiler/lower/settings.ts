import type { Expression } from '../../ir/model/expression.js'
import type { Settings } from '../../ir/model/search.js'
import { settingsNamed } from '../check/searches/named-settings.js'
import type { PlacedClause } from '../names/clauses.js'
import type * as ast from '../syntax/ast.js'
import { lowerExpression, lowerResolved } from './expression.js'
import { checkerAt, from, labelled, type LoweringContext } from './lowering.js'
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
        values.push([item.name.text, from(context, item, lowerResolved(context, resolved))])
        break
      }
      case 'block-setting':
        blocks.push([item.name.text, lowerSuppliedSettings(context, item)])
        break
      default:
    }
  }
  return { params: Object.fromEntries(params), values: Object.fromEntries(values), blocks: Object.fromEntries(blocks) }
}

/** Settings by their name, and over them those of the block. */
export function lowerSuppliedSettings(context: LoweringContext, { named, settings }: ast.SuppliedSettings): Settings {
  const base = named && settingsNamed(checkerAt(context), named)
  const there = base && { ...context, file: base.location.file }
  return mergedSettings([
    ...(base && there ? [lowerSettings(there, base.declaration.settings.items)] : []),
    ...(settings === undefined ? [] : [lowerSettings(context, settings.items)]),
  ])
}

/** All that is said of one block, in order: later ones win, setting by setting, also in blocks. */
export function mergeSuppliedSettings(
  context: LoweringContext,
  clauses: readonly PlacedClause<ast.RetrainClause | ast.ScaleClause>[],
): Settings {
  return mergedSettings(
    clauses.map(({ clause, search }) => lowerSuppliedSettings({ ...context, file: search.location.file }, clause)),
  )
}

export function mergedSettings(all: readonly Settings[]): Settings {
  const names = new Set(all.flatMap(({ blocks }) => Object.keys(blocks)))
  return {
    params: Object.fromEntries(all.flatMap(({ params }) => Object.entries(params))),
    values: Object.fromEntries(all.flatMap(({ values }) => Object.entries(values))),
    blocks: Object.fromEntries(
      [...names].map((name) => [name, mergedSettings(all.flatMap(({ blocks }) => blocks[name] ?? []))]),
    ),
  }
}

/** `cells = 3`; the param is part of the program even if nothing else speaks of it. */
export function lowerOverride(context: LoweringContext, name: ast.Name, value: ast.Expression): [string, Expression] {
  const resolution = context.lowering.checked.program.references.resolutionOf(name)
  if (resolution?.kind !== 'symbol' || resolution.symbol.kind !== 'param') throw new Error(`${name.text} is no param`)
  reachParam(context.lowering, resolution.symbol)
  return [name.text, lowerExpression(labelled(context, name.text), value)]
}
