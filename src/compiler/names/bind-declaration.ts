import type { Report } from '../diagnostics/report.js'
import type { ModuleGraph } from '../modules/module-graph.js'
import type * as ast from '../syntax/ast.js'
import { bindArchitecture } from './architecture.js'
import type { Binder } from './binder.js'
import { bindCell } from './cell.js'
import { bindExpression } from './expression.js'
import type { ModuleScope } from './module-scope.js'
import { operationNames } from './operation-names.js'
import { bindOwnName } from './own-names.js'
import { bindParameters } from './parameters.js'
import type { ReferenceRecorder } from './references.js'
import { bindRewrites } from './rewrite.js'
import { bindRules } from './rules.js'
import { joinedScope, namesOfAll, symbolScope, type Scope } from './scope.js'
import { bindClauses, bindSettings, declareInClauses } from './search.js'
import { bindSearchName, bindSpace, bindSpaceName, type SpaceNames } from './space.js'
import type { ArchitectureSymbol, NamedSymbol, ParamSymbol, SearchSymbol, SpaceSymbol } from './symbol.js'

/** What is known of a program while its names are bound. */
export interface BindingPass {
  readonly entry: string
  readonly library: ModuleGraph['library']
  readonly modules: ReadonlyMap<string, ModuleScope>
  readonly references: ReferenceRecorder
  readonly report: Report
  readonly spaceNames: Map<SpaceSymbol, SpaceNames>
  readonly spaceOf: Map<NamedSymbol, SpaceSymbol>
  readonly searchOf: Map<NamedSymbol, SearchSymbol>
  readonly likeOf: Map<SearchSymbol, SearchSymbol>
  readonly clauseNames: Map<SearchSymbol, ReadonlyMap<string, NamedSymbol>>
}

export function createPass(
  { entry, library }: ModuleGraph,
  modules: ReadonlyMap<string, ModuleScope>,
  references: ReferenceRecorder,
  report: Report,
): BindingPass {
  return {
    ...{ entry, library, modules, references, report },
    spaceNames: new Map(),
    spaceOf: new Map(),
    searchOf: new Map(),
    likeOf: new Map(),
    clauseNames: new Map(),
  }
}

export function bindDeclaration(pass: BindingPass, symbol: NamedSymbol): void {
  const binder = binderOf(pass, symbol)
  switch (symbol.kind) {
    case 'param':
      bindExpression(binder, symbol.declaration.default)
      return
    case 'let':
      bindExpression(binder, symbol.declaration.value)
      return
    case 'operation': {
      const names = bindParameters(binder, symbol.declaration.parameters)
      const inner = { ...binder, scope: symbolScope(names, binder.scope) }
      bindExpression(inner, symbol.declaration.body, 'callee')
      return
    }
    case 'primitive':
    case 'component':
      bindRules(binder, symbol.declaration)
      return
    case 'cell':
      bindCell(binder, symbol)
      return
    case 'space':
      bindSpaceSymbol(pass, symbol)
      return
    case 'search': {
      bindRewritten(pass, binder, symbol, symbol.declaration.space, symbol.declaration.rewrites)
      const scope = scopeBehind(pass, binder, symbol)
      const names = namesInClauses(pass, symbol)
      const params = paramsSeen(pass, binder, symbol)
      bindClauses({ ...binder, scope, calls: 'component' }, symbol.declaration, names, params)
      return
    }
    case 'settings': {
      const params = paramsSeen(pass, binder, symbol)
      bindSettings({ ...binder, calls: 'component' }, symbol.declaration.settings, params)
      return
    }
    case 'architecture': {
      bindSpaceOfArchitecture(pass, binder, symbol)
      const scope = scopeBehind(pass, binder, symbol)
      const operations = [...operationNames(pass.entry, pass.modules)].map(([each, name]) => [name, each] as const)
      const declared = namesOfAll([...pass.modules.values()].map(({ own }) => own))
      const all = joinedScope(namesOfAll([new Map(operations)]), declared)
      bindArchitecture({ ...binder, scope }, symbol.declaration.items, paramsSeen(pass, binder, symbol), all)
      return
    }
    default:
      throw new Error(`${symbol.kind} is not declared by a module`)
  }
}

function binderOf({ library, modules, references, report }: BindingPass, symbol: NamedSymbol): Binder {
  const { file } = symbol.location
  const scope = modules.get(file)?.scope
  if (scope === undefined) throw new Error(`the module ${file} is not part of the program`)
  return { file, scope, owner: symbol, modules, library, references, report, calls: 'operation' }
}

/** The names that the module of a space sees; through rewrites, those of the module of its base too. */
function scopeOfSpace(pass: BindingPass, space: SpaceSymbol): Scope {
  const own = binderOf(pass, space).scope
  const base = pass.spaceOf.get(space)
  return base === undefined ? own : joinedScope(own, scopeOfSpace(pass, base))
}

function moduleNamesOf(pass: BindingPass, space: SpaceSymbol): ReadonlyMap<string, NamedSymbol> {
  const own = pass.modules.get(space.location.file)?.own ?? new Map<string, NamedSymbol>()
  const base = pass.spaceOf.get(space)
  return base === undefined ? own : new Map([...moduleNamesOf(pass, base), ...own])
}

function bindSpaceSymbol(pass: BindingPass, space: SpaceSymbol): SpaceNames {
  const known = pass.spaceNames.get(space)
  if (known !== undefined) return known
  // A space that rewrites itself comes back to here.
  pass.spaceNames.set(space, new Map())
  const binder = binderOf(pass, space)
  const { declaration } = space
  const names =
    declaration.kind === 'space'
      ? bindSpace(binder, declaration)
      : bindRewritten(pass, binder, space, declaration.base, declaration.rewrites)
  pass.spaceNames.set(space, names)
  return names
}

/** Binds the name of a space and what is rewritten of it. */
function bindRewritten(
  pass: BindingPass,
  binder: Binder,
  owner: NamedSymbol,
  name: ast.Name,
  rewrites: readonly ast.Rewrite[],
): SpaceNames {
  const base = bindSpaceName(binder, name, owner.kind === 'architecture')
  if (base === undefined) return new Map()
  const names = bindSpaceSymbol(pass, base)
  if (!leadsTo(pass, base, owner)) pass.spaceOf.set(owner, base)
  const scope = symbolScope(names, joinedScope(binder.scope, scopeOfSpace(pass, base)))
  bindRewrites({ ...binder, scope }, rewrites, names, moduleNamesOf(pass, base))
  return names
}

/** An architecture is of a space, or of what the search of this name makes of one. */
function bindSpaceOfArchitecture(pass: BindingPass, binder: Binder, symbol: ArchitectureSymbol): void {
  const { space: name } = symbol.declaration
  const search = bindSearchName(binder, name)
  if (search === undefined) {
    bindRewritten(pass, binder, symbol, name, [])
    return
  }
  const base = bindSpaceName(binderOf(pass, search), search.declaration.space)
  if (base === undefined) return
  pass.searchOf.set(symbol, search)
  pass.spaceOf.set(symbol, base)
  bindSpaceSymbol(pass, base)
}

/** What the clauses of a search declare, and those of the searches that it is like. */
function namesInClauses(pass: BindingPass, search: SearchSymbol): ReadonlyMap<string, NamedSymbol> {
  const known = pass.clauseNames.get(search)
  if (known !== undefined) return known
  // A search that is like itself comes back to here.
  pass.clauseNames.set(search, new Map())
  const { declaration } = search
  const binder = binderOf(pass, search)
  const base = declaration.like && bindOwnName(binder, declaration.like, 'search')
  if (base !== undefined) pass.likeOf.set(search, base)
  const names = declareInClauses(binder, declaration, base === undefined ? new Map() : namesInClauses(pass, base))
  pass.clauseNames.set(search, names)
  return names
}

function leadsTo(pass: BindingPass, space: SpaceSymbol, goal: NamedSymbol): boolean {
  if (space === goal) return true
  const base = pass.spaceOf.get(space)
  return base !== undefined && leadsTo(pass, base, goal)
}

function scopeBehind(pass: BindingPass, binder: Binder, owner: NamedSymbol): Scope {
  const space = pass.spaceOf.get(owner)
  return space === undefined ? binder.scope : joinedScope(binder.scope, scopeOfSpace(pass, space))
}

/** Own params first, then those of the module of the space, then all others of the program. */
function paramsSeen(pass: BindingPass, binder: Binder, owner: NamedSymbol): ReadonlyMap<string, ParamSymbol> {
  const params = new Map<string, ParamSymbol>()
  const add = (names: Iterable<NamedSymbol>): void => {
    for (const symbol of names) if (symbol.kind === 'param' && !params.has(symbol.name)) params.set(symbol.name, symbol)
  }
  add(pass.modules.get(binder.file)?.own.values() ?? [])
  const space = pass.spaceOf.get(owner)
  if (space !== undefined) add(moduleNamesOf(pass, space).values())
  for (const { own } of pass.modules.values()) add(own.values())
  return params
}
