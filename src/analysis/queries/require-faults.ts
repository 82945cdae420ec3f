import type { Ir } from '../../ir/model/ir.js'
import { requireFaultsOf } from '../layers/constraints-of.js'
import { mayBeTaken, type OptionFault } from '../layers/required-options.js'
import type { RequireFault } from '../layers/required-paths.js'
import { contextOf, decisionsByPath, type AnalysisOptions } from './analysis.js'
import { hasConstraints } from './count.js'
import { structureOf } from './structure.js'

/** What is wrong with the paths in the conditions of a space and of its cells. */
export function requireFaults(ir: Ir, space: string, options: AnalysisOptions): readonly RequireFault[] {
  if (!hasConstraints(ir, space)) return []
  const faults = requireFaultsOf(contextOf(ir, space, options), () => decisionsByPath(ir, space, options))
  return faults.flatMap((fault): readonly RequireFault[] =>
    fault.kind === 'no-option' ? amongVariants(ir, space, options, fault) : [fault],
  )
}

/**
 * What a decision takes may hang on another one: its options are those of all variants. Nothing is said where these are too many
 * to be known.
 */
function amongVariants(ir: Ir, space: string, options: AnalysisOptions, fault: OptionFault): readonly OptionFault[] {
  const structure = structureOf(ir, space, options)
  if (!structure) return []
  const paths = new Set(fault.decisions.map(({ path }) => path))
  const met = structure.layers.flatMap(({ arcs }) =>
    arcs.flatMap(({ selections }) => selections.map(({ decision }) => decision).filter(({ path }) => paths.has(path))),
  )
  const decisions = [...new Set([...fault.decisions, ...met])]
  return mayBeTaken(decisions, fault.value) ? [] : [{ ...fault, decisions }]
}
