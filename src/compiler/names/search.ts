import { suggest } from '../diagnostics/suggest.js'
import type * as ast from '../syntax/ast.js'
import { locationOf, type Binder } from './binder.js'
import { declare } from './declare.js'
import { bindExpression, bindTails } from './expression.js'
import { bindLet, declareLet } from './lets.js'
import { bindOwnName } from './own-names.js'
import { symbolScope } from './scope.js'
import type { ComponentSymbol, NamedSymbol, ParamSymbol } from './symbol.js'

/**
 * What the clauses of a search declare: its `let`s and its predictor, behind those of the search that it is like. A `let` of
 * that one keeps its meaning in the clauses that are taken over, so that another of its name is refused.
 */
export function declareInClauses(
  binder: Binder,
  search: ast.SearchDeclaration,
  inherited: ReadonlyMap<string, NamedSymbol>,
): ReadonlyMap<string, NamedSymbol> {
  const names = new Map<string, NamedSymbol>([...inherited].filter(([, { kind }]) => kind === 'let'))
  for (const clause of search.clauses) {
    if (clause.kind === 'let') declareLet(binder, names, clause, 'search')
    else if (clause.kind === 'predictor') {
      const location = locationOf(binder, clause.name)
      declare(names, { kind: 'predictor', name: clause.name.text, location, declaration: clause }, binder.report)
    }
  }
  const own = [...names.values()].some(({ kind }) => kind === 'predictor')
  if (!own) for (const [name, symbol] of inherited) if (symbol.kind === 'predictor') names.set(name, symbol)
  return names
}

/**
 * Resolves the names of the clauses of a search.
 *
 * @param names what its clauses declare, and those that it takes over
 * @param params the params that the program has, by name
 */
export function bindClauses(
  outer: Binder,
  search: ast.SearchDeclaration,
  names: ReadonlyMap<string, NamedSymbol>,
  params: ReadonlyMap<string, ParamSymbol>,
): void {
  const binder: Binder = { ...outer, scope: symbolScope(names, outer.scope) }
  for (const clause of search.clauses) bindClause(binder, clause, names, params)
}

function bindClause(
  binder: Binder,
  clause: ast.SearchClause,
  names: ReadonlyMap<string, NamedSymbol>,
  params: ReadonlyMap<string, ParamSymbol>,
): void {
  switch (clause.kind) {
    case 'relax':
      for (const { by } of clause.relaxations) bindExpression(binder, by, 'callee')
      if (clause.temperature !== undefined) bindExpression(binder, clause.temperature)
      return
    case 'cells':
      for (const placement of clause.placements) bindExpression(binder, placement, 'callee')
      return
    case 'component-clause':
      bindExpression(binder, clause.value, 'callee')
      return
    case 'minimise':
      for (const objective of clause.objectives) bindExpression(binder, objective)
      return
    case 'train':
      if (clause.share !== undefined) bindExpression(binder, clause.share)
      bindSettings(binder, clause.settings, params)
      return
    case 'derive':
      for (const rule of clause.rules) bindExpression(binder, rule, 'callee')
      for (const exception of clause.except) bindExpression({ ...binder, calls: 'operation' }, exception, 'callee')
      return
    case 'predictor':
      bindExpression(binder, clause.value, 'callee')
      return
    case 'validate':
      bindExpression(binder, clause.share)
      return
    case 'retrain':
    case 'scale':
      bindSuppliedSettings(binder, clause, params)
      return
    case 'let':
      bindLet(binder, clause, names)
      return
    case 'share':
      return
    default:
      bindSetting(binder, clause, params)
  }
}

function bindSuppliedSettings(
  binder: Binder,
  given: ast.SuppliedSettings,
  params: ReadonlyMap<string, ParamSymbol>,
): void {
  if (given.named !== undefined) bindOwnName(binder, given.named, 'settings')
  if (given.settings !== undefined) bindSettings(binder, given.settings, params)
}

/** Resolves the names of a block of settings. */
export function bindSettings(binder: Binder, settings: ast.Settings, params: ReadonlyMap<string, ParamSymbol>): void {
  for (const item of settings.items) bindSetting(binder, item, params)
}

function bindSetting(binder: Binder, setting: ast.Setting, params: ReadonlyMap<string, ParamSymbol>): void {
  switch (setting.kind) {
    case 'override-setting':
      bindParam(binder, setting.name, params)
      bindExpression(binder, setting.value)
      return
    case 'value-setting':
      bindSettingName(binder, setting)
      if (setting.value !== undefined) bindExpression(binder, setting.value)
      bindTails(binder, setting.tails)
      return
    case 'block-setting':
      bindSuppliedSettings(binder, setting, params)
      return
    case 'expression-setting':
      bindExpression(binder, setting.value, 'callee')
  }
}

/** The param that `cells = 3` or `with cells = 20` speaks of. */
export function bindParam(binder: Binder, name: ast.Name, params: ReadonlyMap<string, ParamSymbol>): void {
  if (name.missing) return
  const symbol = params.get(name.text)
  if (symbol !== undefined) {
    binder.references.record(name, binder.file, { kind: 'symbol', symbol }, binder.owner)
    return
  }
  const location = locationOf(binder, name)
  const known = [...params.keys()]
  binder.report.add(
    'unknown-param',
    location,
    { name: name.text },
    {
      notes: [known.length === 0 ? 'the program has no params' : `params of the program: ${known.join(', ')}`],
      ...suggest(name.text, known, location),
    },
  )
}

/** `clip 5` is the component `clip` of kind `setting`. */
function bindSettingName(binder: Binder, setting: ast.ValueSetting): void {
  const { name } = setting
  if (name.missing) return
  const symbol = settingNamed(binder, name.text)
  if (symbol !== undefined) {
    binder.references.record(name, binder.file, { kind: 'symbol', symbol }, binder.owner)
    return
  }
  const location = locationOf(binder, name)
  const known = [
    ...new Set(
      [...binder.scope.entries()].flatMap(([candidate, resolution]) =>
        resolution.kind === 'symbol' && isSetting(resolution.symbol) ? [candidate] : [],
      ),
    ),
  ]
  binder.report.add(
    'unknown-setting',
    location,
    { name: name.text },
    {
      notes: known.length === 0 ? [] : [`settings that are imported: ${known.join(', ')}`],
      ...(known.length === 0
        ? { help: 'Import the components of searches: `import std:search`.' }
        : suggest(name.text, known, location)),
    },
  )
}

function settingNamed(binder: Binder, name: string): ComponentSymbol | undefined {
  const resolution = binder.scope.lookup(name)
  const symbols =
    resolution?.kind === 'ambiguous' ? resolution.symbols : resolution?.kind === 'symbol' ? [resolution.symbol] : []
  const [only, ...others] = symbols.filter(isSetting)
  return others.length === 0 ? only : undefined
}

function isSetting(symbol: NamedSymbol): symbol is ComponentSymbol {
  return symbol.kind === 'component' && symbol.component === 'setting'
}
