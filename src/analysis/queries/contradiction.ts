import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, analysisUnder, isPossible, type Analysis, type AnalysisOptions } from './analysis.js'
import type { Constraint } from '../diagram/constraint.js'
import { rangeUnder } from './range.js'
import type { QuantityName } from '../diagram/layer.js'

export interface Contradiction {
  /** Constraints that cannot hold together; any of them left out, the others can. Empty: no network of the space fits its shapes. */
  readonly constraints: readonly Constraint[]
  /** Of a single one about a single cost: what architectures cost that satisfy all others. */
  readonly reach?: { readonly quantity: QuantityName; readonly least: number; readonly greatest: number }
}

/**
 * The constraints because of which no architecture is left, as few as possible (none of them can be left out), or undefined
 * if there are architectures. Each is tried without the others (deletion).
 *
 * @throws Failure as `countArchitectures`
 */
export function findContradiction(ir: Ir, space: string, options: AnalysisOptions): Contradiction | undefined {
  const analysis = analysisOf(ir, space, options)
  if (isPossible(analysis)) return undefined
  let smallest = analysis
  for (const constraint of analysis.constraints) {
    const fewer = without(smallest, constraint, options)
    if (!isPossible(fewer)) smallest = fewer
  }
  const left = smallest.constraints
  const [only, ...more] = left
  const [quantity, ...quantities] = only?.costs ?? []
  if (only === undefined || quantity === undefined || more.length > 0 || quantities.length > 0)
    return { constraints: left }
  const range = rangeUnder(without(analysis, only, options), quantity)
  if (range === undefined) return { constraints: left }
  return {
    constraints: left,
    reach: { quantity: quantity.name, least: range.least.value, greatest: range.greatest.value },
  }
}

/** An analysis without one of its constraints. The diagram of a space knows nothing of its constraints on costs. */
function without(analysis: Analysis, constraint: Constraint, options: AnalysisOptions): Analysis {
  const constraints = analysis.constraints.filter((other) => other !== constraint)
  const isInDiagram = constraint.costs.length === 0 || constraint.cell !== undefined
  return isInDiagram ? analysisUnder(analysis.context, constraints, options) : { ...analysis, constraints }
}
