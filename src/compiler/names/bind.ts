import type { Outcome } from '../diagnostics/diagnostic.js'
import { createReport } from '../diagnostics/report.js'
import type { ModuleGraph } from '../modules/module-graph.js'
import { bindDeclaration, createPass } from './bind-declaration.js'
import { reportCycles } from './cycles.js'
import { moduleScope, type ModuleScope } from './module-scope.js'
import { createReferences, type References } from './references.js'
import type { SpaceNames } from './space.js'
import type { NamedSymbol, SearchSymbol, SpaceSymbol } from './symbol.js'

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
      if (symbol !== undefined) bindDeclaration(pass, symbol)
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
