import type { Ir } from '../../ir/model/ir.js'
import { requireFaultsOf } from '../layers/constraints-of.js'
import type { RequireFault } from '../layers/required-paths.js'
import { contextOf, decisionsByPath, type AnalysisOptions } from './analysis.js'
import { hasConstraints } from './count.js'

/** What is wrong with the paths in the conditions of a space and of its cells. */
export function requireFaults(ir: Ir, space: string, options: AnalysisOptions): readonly RequireFault[] {
  if (!hasConstraints(ir, space)) return []
  return requireFaultsOf(contextOf(ir, space, options), () => decisionsByPath(ir, space, options))
}
