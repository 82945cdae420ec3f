import type { Ir } from '../model/ir.js'
import { waysThrough, walkOf, totalsFor, wantedOf, type Analysis, type AnalysisOptions } from './analysis.js'
import { constraintsOf, type Constraint } from './constraint.js'
import { buildDiagram } from './diagram.js'
import { networkSteps } from './network-steps.js'

export interface Contradiction {
  /** Constraints that cannot hold together; any of them left out, the others can. Empty: no network of the space fits its shapes. */
  readonly constraints: readonly Constraint[]
}

/**
 * The constraints because of which no architecture is left, as few as possible (none of them can be left out), or undefined
 * if there are architectures. Each is tried without the others (deletion).
 *
 * @throws Failure as `countArchitectures`
 */
export function findContradiction(ir: Ir, space: string, options: AnalysisOptions): Contradiction | undefined {
  const walk = walkOf(ir, space, options)
  const steps = networkSteps(walk)
  const isPossible = (constraints: readonly Constraint[]): boolean => {
    const diagram = buildDiagram(steps, constraints, options.mostStates)
    const ways = waysThrough(diagram)
    if (ways === 0n) return false
    if (constraints.every(({ costs }) => costs.length === 0)) return true
    const analysis: Analysis = { walk, constraints, diagram, ways }
    const totals = totalsFor(analysis, wantedOf(analysis, []))
    return totals !== undefined && totals.count + totals.leftOut > 0n
  }
  let left = constraintsOf(walk)
  if (isPossible(left)) return undefined
  for (const constraint of left) {
    const others = left.filter((other) => other !== constraint)
    if (!isPossible(others)) left = others
  }
  return { constraints: left }
}
