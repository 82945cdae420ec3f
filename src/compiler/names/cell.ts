import { suggest } from '../diagnostics/suggest.js'
import type * as ast from '../syntax/ast.js'
import { bindName, locationOf, requireBinder, type Binder } from './binder.js'
import { declare } from './declare.js'
import { bindArity, bindExpression } from './expression.js'
import { bindLet, declareLet } from './lets.js'
import { bindParameters } from './parameters.js'
import { symbolScope } from './scope.js'
import type { CellSymbol, NamedSymbol } from './symbol.js'

/** Resolves the names of a cell. Its inputs, parameters, lets and nodes are seen in the whole cell. */
export function bindCell(outer: Binder, cell: CellSymbol): void {
  const { declaration } = cell
  const names = bindParameters(outer, declaration.parameters, isFeatureMap)
  for (const item of declaration.items) {
    if (item.kind === 'let') declareLet(outer, names, item, 'cell')
    else if (item.kind === 'node') {
      const location = locationOf(outer, item.name)
      declare(names, { kind: 'node', name: item.name.text, location, declaration: item }, outer.report)
    }
  }
  const binder: Binder = { ...outer, scope: symbolScope(names, outer.scope) }
  for (const item of declaration.items) bindItem(binder, item, names)
}

/** A parameter of a cell without type and default is a feature map that arrives. */
export function isFeatureMap(parameter: ast.Parameter): boolean {
  return parameter.type === undefined && parameter.words === undefined && parameter.default === undefined
}

function bindItem(binder: Binder, item: ast.CellItem, names: ReadonlyMap<string, NamedSymbol>): void {
  switch (item.kind) {
    case 'prepare':
      for (const input of item.inputs) bindSource(binder, input)
      bindExpression(binder, item.through, 'callee')
      return
    case 'node':
      bindNode(binder, item)
      return
    case 'output':
      bindExpression(binder, item.value)
      return
    case 'let':
      bindLet(binder, item, names)
      return
    case 'require':
      bindExpression(requireBinder(binder), item.test)
      return
    case 'require-every':
  }
}

function bindNode(outer: Binder, node: ast.NodeItem): void {
  if (node.family !== undefined) bindExpression(outer, node.family)
  const names = new Map<string, NamedSymbol>()
  for (const clause of node.clauses) {
    if (clause.kind === 'let') declareLet(outer, names, clause, 'node')
  }
  const binder: Binder = { ...outer, scope: symbolScope(names, outer.scope) }
  for (const clause of node.clauses) {
    switch (clause.kind) {
      case 'from':
        bindSources(binder, clause.sources)
        break
      case 'through':
        bindExpression(binder, clause.operation, 'callee')
        for (const override of clause.overrides) bindOverride(binder, override)
        break
      case 'project':
        if (clause.through !== undefined) bindExpression(binder, clause.through, 'callee')
        break
      case 'let':
        bindLet(binder, clause, names)
        break
      case 'merge':
    }
  }
}

/** Without a value, `stride on s0` means the cell's parameter of that name. */
function bindOverride(binder: Binder, override: ast.Override): void {
  if (override.value !== undefined) bindExpression(binder, override.value)
  else bindName(binder, override.parameter)
  for (const source of override.on) bindSource(binder, source)
}

export function bindSources(binder: Binder, sources: ast.Sources): void {
  bindArity(binder, sources.arity)
  if (sources.of.kind === 'listed') {
    for (const source of sources.of.sources) {
      bindSource(binder, source.name)
      if (source.index !== undefined) bindExpression(binder, source.index.index)
    }
  }
  if (sources.operations !== undefined) bindExpression(binder, sources.operations, 'callee')
}

/** A feature map or a node; `n1` is also a member of the family `n`. */
function bindSource(binder: Binder, name: ast.Name): void {
  if (name.missing) return
  const resolution = sourceResolution(binder, name.text)
  if (resolution !== undefined) {
    binder.references.record(name, binder.file, resolution, binder.owner)
    return
  }
  const location = locationOf(binder, name)
  const candidates = [...binder.scope.entries()]
    .filter(
      ([, known]) => known.kind === 'symbol' && (known.symbol.kind === 'feature-map' || known.symbol.kind === 'node'),
    )
    .map(([candidate]) => candidate)
  binder.report.add(
    'unknown-source',
    location,
    { name: name.text },
    {
      notes: candidates.length === 0 ? [] : [`what there is in this cell: ${candidates.join(', ')}`],
      ...suggest(name.text, candidates, location),
    },
  )
}

function sourceResolution(
  binder: Binder,
  text: string,
): { readonly kind: 'symbol'; readonly symbol: NamedSymbol } | undefined {
  const exact = binder.scope.lookup(text)
  if (exact?.kind === 'symbol' && (exact.symbol.kind === 'feature-map' || exact.symbol.kind === 'node')) return exact
  const family = /^(.*?)\d+$/.exec(text)?.[1]
  const member = family === undefined ? undefined : binder.scope.lookup(family)
  if (member?.kind === 'symbol' && member.symbol.kind === 'node' && member.symbol.declaration.family !== undefined)
    return member
  return undefined
}
