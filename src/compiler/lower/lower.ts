import { createReport } from '../diagnostics/report.js'
import type { Outcome, SourceLocation } from '../diagnostics/diagnostic.js'
import type { UnsealedIr } from '../../ir/seal/index.js'
import type { CheckedProgram } from '../check/check.js'
import type { Assignment } from '../../ir/model/ir.js'
import type * as ast from '../syntax/ast.js'
import { lowerArchitecture } from './architecture.js'
import type { BoundPath } from './bound-paths.js'
import { baseName } from './ids.js'
import type { Lowering, Provenance } from './lowering.js'
import { lowerSearch } from './search.js'
import { spaceId } from './space.js'

/** The IR with the place in the text of each of its parts. */
export interface LoweredProgram {
  readonly ir: UnsealedIr
  readonly provenance: Provenance
  /** Parts of searches that stand in clauses which are taken over, with the place that says so. */
  readonly takenOver: Provenance
  /** Where each part of the path of an assignment is written. */
  readonly paths: ReadonlyMap<Assignment, BoundPath>
  /** @throws {Error} on a part of the IR that comes from no text: a defect of the caller. */
  locationOf(part: object): SourceLocation
}

/**
 * Lowers a program without errors: the spaces, searches and architectures of the entry, and all that they reach.
 *
 * @param leftOut architectures, and items of them, that have errors: the others are lowered without them
 * @throws {Error} on a program with other errors: a defect of the caller.
 */
export function lower(
  checked: CheckedProgram,
  leftOut: ReadonlySet<ast.SyntaxNode<string>> = new Set(),
): Outcome<LoweredProgram> {
  const report = createReport()
  const lowering: Lowering = {
    checked,
    report,
    provenance: new Map(),
    takenOver: new Map(),
    params: new Map(),
    constants: new Map(),
    operations: new Map(),
    components: new Map(),
    cells: new Map(),
    spaces: new Map(),
    searches: [],
    architectures: [],
    paths: new Map(),
    leftOut,
  }
  const { graph, modules } = checked.program
  for (const symbol of modules.get(graph.entry)?.own.values() ?? []) {
    if (symbol.kind === 'space') spaceId(lowering, symbol)
    else if (symbol.kind === 'search') lowering.searches.push(lowerSearch(lowering, symbol))
    else if (symbol.kind === 'architecture' && !leftOut.has(symbol.declaration)) {
      lowering.architectures.push(lowerArchitecture(lowering, symbol))
    }
  }
  const ir: UnsealedIr = {
    source: `${baseName(graph.entry)}.nas`,
    params: [...lowering.params.values()],
    constants: [...lowering.constants.values()],
    operations: [...lowering.operations.values()],
    components: [...lowering.components.values()],
    cells: [...lowering.cells.values()],
    spaces: [...lowering.spaces.values()],
    searches: lowering.searches,
    architectures: lowering.architectures,
  }
  const { provenance, takenOver, paths } = lowering
  const locationOf = (part: object): SourceLocation => {
    const location = provenance.get(part)
    if (location === undefined) throw new Error('a part of the IR without a place')
    return location
  }
  return report.outcome({ ir, provenance, takenOver, paths, locationOf })
}
