import type { Outcome } from '../diagnostics/diagnostic.js'
import { createReport, type Report } from '../diagnostics/report.js'
import type { ModuleGraph } from '../modules/module-graph.js'
import type * as ast from '../syntax/ast.js'
import { bindArchitecture } from './architecture.js'
import type { Binder } from './binder.js'
import { bindCell } from './cell.js'
import { reportCycles } from './cycles.js'
import { bindExpression } from './expression.js'
import { moduleScope, type ModuleScope } from './module-scope.js'
import { bindOwnName } from './own-names.js'
import { bindParameters } from './parameters.js'
import { createReferences, type ReferenceRecorder, type References } from './references.js'
import { bindRewrites } from './rewrite.js'
import { bindRules } from './rules.js'
import { joinedScope, namesOfAll, symbolScope, type Scope } from './scope.js'
import { bindClauses, bindSettings, declareInClauses } from './search.js'
import { bindSearchName, bindSpace, bindSpaceName, type SpaceNames } from './space.js'
import type { ArchitectureSymbol, NamedSymbol, ParamSymbol, SearchSymbol, SpaceSymbol } from './symbol.js'

/** A program in which every name is resolved, or reported. */
export interface BoundProgram {
  readonly graph: ModuleGraph
  readonly modules: ReadonlyMap<string, ModuleScope>
  readonly references: References
  /** What each space declares; a rewritten one has the names of its base. */
  readonly spaceNames: ReadonlyMap<SpaceSymbol, SpaceNames>
  /** The space that a search, an architecture or a rewrite speaks of. */
  readonly spaceOf: ReadonlyMap<NamedSymbol, SpaceSymbol>
  /** The search whose rewritten space an architecture is of. */
  readonly searchOf: ReadonlyMap<NamedSymbol, SearchSymbol>
  /** The search that a search is like. */
  readonly likeOf: ReadonlyMap<SearchSymbol, SearchSymbol>
}

export function bind(graph: ModuleGraph): Outcome<BoundProgram> {
  const report = createReport()
  const references = createReferences()
  const modules = new Map<string, ModuleScope>()
  for (const module of graph.modules) modules.set(module.path, moduleScope(module, modules, references, report))

  const pass = createPass(graph, modules, references, report)
  for (const { module, own } of modules.values()) {
    // A name that is declared twice has one symbol: the second declaration is left out from here on.
    const symbols = [...own.values()]
    for (const declaration of module.syntax.declarations) {
      const symbol = symbols.find((each) => each.declaration === declaration)
      if (symbol !== undefined) pass.bindDeclaration(symbol)
    }
  }
  reportCycles(modules, references, report)
  return report.outcome({
    graph,
    modules,
    references,
    spaceNames: pass.spaceNames,
    spaceOf: pass.spaceOf,
    searchOf: pass.searchOf,
    likeOf: pass.likeOf,
  })
}

interface Pass {
  bindDeclaration(symbol: NamedSymbol): void
  readonly spaceNames: ReadonlyMap<SpaceSymbol, SpaceNames>
  readonly spaceOf: ReadonlyMap<NamedSymbol, SpaceSymbol>
  readonly searchOf: ReadonlyMap<NamedSymbol, SearchSymbol>
  readonly likeOf: ReadonlyMap<SearchSymbol, SearchSymbol>
}

function createPass(
  { library }: ModuleGraph,
  modules: ReadonlyMap<string, ModuleScope>,
  references: ReferenceRecorder,
  report: Report,
): Pass {
  const spaceNames = new Map<SpaceSymbol, SpaceNames>()
  const spaceOf = new Map<NamedSymbol, SpaceSymbol>()
  const searchOf = new Map<NamedSymbol, SearchSymbol>()
  const likeOf = new Map<SearchSymbol, SearchSymbol>()
  const clauseNames = new Map<SearchSymbol, ReadonlyMap<string, NamedSymbol>>()
  const empty: SpaceNames = new Map()

  const binderOf = (symbol: NamedSymbol): Binder => {
    const { file } = symbol.location
    const scope = modules.get(file)?.scope
    if (scope === undefined) throw new Error(`the module ${file} is not part of the program`)
    return { file, scope, owner: symbol, modules, library, references, report, calls: 'operation' }
  }

  /** The names that the module of a space sees; through rewrites, those of the module of its base too. */
  const scopeOfSpace = (space: SpaceSymbol): Scope => {
    const own = binderOf(space).scope
    const base = spaceOf.get(space)
    return base === undefined ? own : joinedScope(own, scopeOfSpace(base))
  }

  const moduleNamesOf = (space: SpaceSymbol): ReadonlyMap<string, NamedSymbol> => {
    const own = modules.get(space.location.file)?.own ?? new Map<string, NamedSymbol>()
    const base = spaceOf.get(space)
    return base === undefined ? own : new Map([...moduleNamesOf(base), ...own])
  }

  const bindSpaceSymbol = (space: SpaceSymbol): SpaceNames => {
    const known = spaceNames.get(space)
    if (known !== undefined) return known
    spaceNames.set(space, empty)
    const binder = binderOf(space)
    const { declaration } = space
    const names =
      declaration.kind === 'space'
        ? bindSpace(binder, declaration)
        : rewritten(binder, space, declaration.base, declaration.rewrites)
    spaceNames.set(space, names)
    return names
  }

  /** Binds the name of a space and what is rewritten of it. */
  const rewritten = (
    binder: Binder,
    owner: NamedSymbol,
    name: ast.Name,
    rewrites: readonly ast.Rewrite[],
  ): SpaceNames => {
    const base = bindSpaceName(binder, name, owner.kind === 'architecture')
    if (base === undefined) return empty
    const names = bindSpaceSymbol(base)
    if (!leadsTo(base, owner)) spaceOf.set(owner, base)
    const scope = symbolScope(names, joinedScope(binder.scope, scopeOfSpace(base)))
    bindRewrites({ ...binder, scope }, rewrites, names, moduleNamesOf(base))
    return names
  }

  /** An architecture is of a space, or of what the search of this name makes of one. */
  const bindSpaceOfArchitecture = (binder: Binder, symbol: ArchitectureSymbol): void => {
    const { space: name } = symbol.declaration
    const search = bindSearchName(binder, name)
    if (search === undefined) {
      rewritten(binder, symbol, name, [])
      return
    }
    const base = bindSpaceName(binderOf(search), search.declaration.space)
    if (base === undefined) return
    searchOf.set(symbol, search)
    spaceOf.set(symbol, base)
    bindSpaceSymbol(base)
  }

  /** What the clauses of a search declare, and those of the searches that it is like. */
  const namesInClauses = (search: SearchSymbol): ReadonlyMap<string, NamedSymbol> => {
    const known = clauseNames.get(search)
    if (known !== undefined) return known
    // A search that is like itself comes back to here.
    clauseNames.set(search, new Map())
    const { declaration } = search
    const binder = binderOf(search)
    const base = declaration.like && bindOwnName(binder, declaration.like, 'search')
    if (base !== undefined) likeOf.set(search, base)
    const names = declareInClauses(binder, declaration, base === undefined ? new Map() : namesInClauses(base))
    clauseNames.set(search, names)
    return names
  }

  const leadsTo = (space: SpaceSymbol, goal: NamedSymbol): boolean => {
    if (space === goal) return true
    const base = spaceOf.get(space)
    return base !== undefined && leadsTo(base, goal)
  }

  const scopeBehind = (binder: Binder, owner: NamedSymbol): Scope => {
    const space = spaceOf.get(owner)
    return space === undefined ? binder.scope : joinedScope(binder.scope, scopeOfSpace(space))
  }

  /** Own params first, then those of the module of the space, then all others of the program. */
  const paramsSeen = (binder: Binder, owner: NamedSymbol): ReadonlyMap<string, ParamSymbol> => {
    const params = new Map<string, ParamSymbol>()
    const add = (names: Iterable<NamedSymbol>): void => {
      for (const symbol of names)
        if (symbol.kind === 'param' && !params.has(symbol.name)) params.set(symbol.name, symbol)
    }
    add(modules.get(binder.file)?.own.values() ?? [])
    const space = spaceOf.get(owner)
    if (space !== undefined) add(moduleNamesOf(space).values())
    for (const { own } of modules.values()) add(own.values())
    return params
  }

  return {
    spaceNames,
    spaceOf,
    searchOf,
    likeOf,
    bindDeclaration(symbol) {
      const binder = binderOf(symbol)
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
          bindSpaceSymbol(symbol)
          return
        case 'search': {
          rewritten(binder, symbol, symbol.declaration.space, symbol.declaration.rewrites)
          const scope = scopeBehind(binder, symbol)
          const names = namesInClauses(symbol)
          bindClauses({ ...binder, scope, calls: 'component' }, symbol.declaration, names, paramsSeen(binder, symbol))
          return
        }
        case 'settings':
          bindSettings({ ...binder, calls: 'component' }, symbol.declaration.settings, paramsSeen(binder, symbol))
          return
        case 'architecture': {
          bindSpaceOfArchitecture(binder, symbol)
          const scope = scopeBehind(binder, symbol)
          const all = namesOfAll([...modules.values()].map(({ own }) => own))
          bindArchitecture({ ...binder, scope }, symbol.declaration.items, paramsSeen(binder, symbol), all)
          return
        }
        default:
          throw new Error(`${symbol.kind} is not declared by a module`)
      }
    },
  }
}
