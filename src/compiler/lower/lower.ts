import { createReport } from '../diagnostics/report.js'
import type { Outcome } from '../diagnostics/diagnostic.js'
import type { UnsealedIr } from '../../ir/seal/index.js'
import type { CheckedProgram } from '../check/check.js'
import { lowerArchitecture } from './architecture.js'
import { baseName } from './ids.js'
import type { Lowering, Provenance } from './lowering.js'
import { lowerSearch } from './search.js'
import { spaceId } from './space.js'

/** The IR with the place in the text of each of its parts. */
export interface LoweredProgram {
  readonly ir: UnsealedIr
  readonly provenance: Provenance
}

/**
 * Lowers a program without errors: the spaces, searches and architectures of the entry, and all that they reach.
 *
 * @throws {Error} on a program with errors: a defect of the caller.
 */
export function lower(checked: CheckedProgram): Outcome<LoweredProgram> {
  const report = createReport()
  const lowering: Lowering = {
    checked,
    report,
    provenance: new Map(),
    params: new Map(),
    constants: new Map(),
    operations: new Map(),
    components: new Map(),
    cells: new Map(),
    spaces: new Map(),
    searches: [],
    architectures: [],
  }
  const { graph, modules } = checked.program
  for (const symbol of modules.get(graph.entry)?.own.values() ?? []) {
    if (symbol.kind === 'space') spaceId(lowering, symbol)
    else if (symbol.kind === 'search') lowering.searches.push(lowerSearch(lowering, symbol))
    else if (symbol.kind === 'architecture') lowering.architectures.push(lowerArchitecture(lowering, symbol))
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
  return report.outcome({ ir, provenance: lowering.provenance })
}
