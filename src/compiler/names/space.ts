import { suggest } from '../diagnostics/suggest.js'
import type * as ast from '../syntax/ast.js'
import { bindName, locationOf, requireBinder, type Binder } from './binder.js'
import { declare } from './declare.js'
import { bindArguments, bindExpression } from './expression.js'
import { bindLet, declareLet } from './lets.js'
import { symbolScope } from './scope.js'
import { keyOf, nameIn, type NamedSymbol, type SearchSymbol, type SpaceSymbol } from './symbol.js'

/** The names that a space declares itself: lets (those of the network too), cells and stages. */
export type SpaceNames = ReadonlyMap<string, NamedSymbol>

/** Resolves the names of a space that is written out. */
export function bindSpace(outer: Binder, space: ast.SpaceDefinition): SpaceNames {
  const names = new Map<string, NamedSymbol>()
  for (const item of space.items) {
    if (item.kind === 'let') declareLet(outer, names, item, 'space')
    else if (item.kind === 'space-cell') {
      declare(
        names,
        { kind: 'instance', name: item.name.text, location: locationOf(outer, item.name), declaration: item },
        outer.report,
      )
    } else if (item.kind === 'network') {
      for (const part of item.items) {
        if (part.kind === 'let') declareLet(outer, names, part, 'network')
        else if (part.kind === 'stage') {
          declare(
            names,
            { kind: 'stage', name: part.name.text, location: locationOf(outer, part.name), declaration: part },
            outer.report,
          )
        }
      }
    }
  }
  const binder: Binder = { ...outer, scope: symbolScope(names, outer.scope) }
  for (const item of space.items) {
    switch (item.kind) {
      case 'input':
      case 'classes':
        bindExpression(binder, item.value)
        break
      case 'space-cell':
        bindCellValue(outer, binder, item.value)
        break
      case 'let':
        bindLet(binder, item, names)
        break
      case 'require':
        bindExpression(requireBinder(binder), item.test)
        break
      case 'network':
        for (const part of item.items) bindNetworkItem(binder, part, names)
        break
      case 'require-every':
    }
  }
  return names
}

/** `cell normal = normal`: the cell of the module is meant, not the one that is being declared. Arguments see the space. */
function bindCellValue(outer: Binder, space: Binder, value: ast.Expression): void {
  if (value.kind !== 'call') {
    bindExpression(outer, value, 'callee')
    return
  }
  bindExpression(outer, value.callee, 'callee')
  bindArguments(space, value)
}

function bindNetworkItem(binder: Binder, item: ast.NetworkItem, names: ReadonlyMap<string, NamedSymbol>): void {
  switch (item.kind) {
    case 'stem':
      for (const part of item.parts) bindExpression(binder, part, 'callee')
      return
    case 'head':
      bindExpression(binder, item.value, 'callee')
      return
    case 'let':
      bindLet(binder, item, names)
      return
    case 'require':
      bindExpression(requireBinder(binder), item.test)
      return
    case 'stack':
      bindExpression(binder, item.count)
      bindInstance(binder, item.cell, names)
      for (const { cell, at } of item.exceptions) {
        bindInstance(binder, cell, names)
        bindExpression(binder, at)
      }
      if (item.channels !== undefined) bindExpression(binder, item.channels)
      for (const cell of item.doubledAt) bindInstance(binder, cell, names)
      return
    case 'stage':
      bindStage(binder, item)
  }
}

function bindInstance(binder: Binder, name: ast.Name, names: ReadonlyMap<string, NamedSymbol>): void {
  if (name.missing) return
  const symbol = names.get(name.text)
  if (symbol?.kind === 'instance') {
    binder.references.record(name, binder.file, { kind: 'symbol', symbol }, binder.owner)
    return
  }
  const location = locationOf(binder, name)
  const candidates = [...names.values()].filter(({ kind }) => kind === 'instance').map((known) => known.name)
  const elsewhere = binder.scope.lookup(name.text)
  const extras =
    elsewhere?.kind === 'symbol' && elsewhere.symbol.kind === 'cell'
      ? {
          help: `Declare it in the space first: \`cell ${name.text} = ${name.text}\`.`,
          labels: [{ ...elsewhere.symbol.location, text: 'the cell' }],
        }
      : suggest(name.text, candidates, location)
  binder.report.add(
    'unknown-cell',
    location,
    { name: name.text },
    {
      notes: candidates.length === 0 ? [] : [`cells of this space: ${candidates.join(', ')}`],
      ...extras,
    },
  )
}

function bindStage(outer: Binder, stage: ast.StageItem): void {
  const names = new Map<string, NamedSymbol>()
  for (const item of stage.items) {
    if (item.kind === 'let') declareLet(outer, names, item, 'stage')
  }
  const binder: Binder = { ...outer, scope: symbolScope(names, outer.scope) }
  const properties = new Map(stage.items.flatMap((item) => numberOfStage(outer, stage, item)))
  const inRequires = requireBinder({ ...binder, scope: symbolScope(properties, binder.scope) })
  for (const item of stage.items) {
    switch (item.kind) {
      case 'let':
        bindLet(binder, item, names)
        break
      case 'require':
        bindExpression(inRequires, item.test)
        break
      case 'stage-property':
        bindExpression(binder, item.value, item.property === 'layer' || item.property === 'first' ? 'callee' : 'value')
    }
  }
}

/** `require width <= 2 * depth` inside of a stage speaks of its own numbers. */
function numberOfStage(
  { file }: Binder,
  stage: ast.StageItem,
  item: ast.StageMember,
): readonly (readonly [string, NamedSymbol])[] {
  if (item.kind !== 'stage-property' || item.property === 'layer' || item.property === 'first') return []
  const symbol: NamedSymbol = {
    kind: 'stage-property',
    stage: stage.name.text,
    name: item.property,
    location: { file, span: item.span },
    declaration: item,
  }
  return [[item.property, symbol]]
}

/** Resolves the name of a space, in a search, a rewrite, or an architecture, where a search is as good (`orSearch`). */
export function bindSpaceName(binder: Binder, name: ast.Name, orSearch = false): SpaceSymbol | undefined {
  if (name.missing) return undefined
  if (binder.scope.lookup(keyOf('space', name.text)) === undefined) {
    const location = locationOf(binder, name)
    const candidates = [...binder.scope.entries()].flatMap(
      ([key]) => nameIn('space', key) ?? (orSearch ? nameIn('search', key) : undefined) ?? [],
    )
    const names = [...new Set(candidates)]
    const spaces = names.length === 0 ? 'none' : `${names.slice(0, 12).join(', ')}${names.length > 12 ? ', …' : ''}`
    binder.report.add('unknown-space', location, { name: name.text, spaces }, suggest(name.text, names, location))
    return undefined
  }
  const resolution = bindName(binder, name, 'value', 'space')
  return resolution?.kind === 'symbol' && resolution.symbol.kind === 'space' ? resolution.symbol : undefined
}

/** The search of this name, where no space has it. */
export function bindSearchName(binder: Binder, name: ast.Name): SearchSymbol | undefined {
  if (name.missing || binder.scope.lookup(keyOf('space', name.text)) !== undefined) return undefined
  if (binder.scope.lookup(keyOf('search', name.text)) === undefined) return undefined
  const resolution = bindName(binder, name, 'value', 'search')
  return resolution?.kind === 'symbol' && resolution.symbol.kind === 'search' ? resolution.symbol : undefined
}
