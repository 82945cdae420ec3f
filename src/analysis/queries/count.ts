import { budgetOf } from '../../space/limits/budget.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, costQueryOf, hasCostConstraints, totalsFor } from './analysis.js'
import { requiresOf } from '../layers/requires-of.js'
import { countPaths } from './count-paths.js'
import { decisionsOf } from './decisions.js'
import { exploredOf, noLimits, structureOf, type StructureLimits } from './structure.js'
import { countFree, countSelections } from './unconstrained.js'

export interface Count {
  /** How many architectures satisfy all constraints. */
  readonly architectures: bigint
  /**
   * The same, except where costs had to be put into buckets: then `architectures` surely satisfy the constraints, and no
   * more than `atMost` do.
   */
  readonly atMost: bigint
  /** Set where it was too much to prove that every one of them can be built: shapes may still leave some out. */
  readonly isUnproved?: true
  /** How many selections each decision has by itself, by path. */
  readonly perDecision: Readonly<Record<string, bigint>>
}

/**
 * Counts the architectures of a space under all of its constraints, never by enumeration.
 *
 * @throws ElaborationFailure if the space cannot be built at all; Failure NAS6131 … NAS6134 where its
 *         constraints cannot be analysed
 */
export function countArchitectures(ir: Ir, space: string, options: ExploreOptions): Count {
  if (!hasConstraints(ir, space)) return countUnconstrained(ir, space, options)
  const perDecision = countEach(ir, space, options)
  const analysis = analysisOf(ir, space, options)
  if (!hasCostConstraints(analysis))
    return { architectures: analysis.pathCount, atMost: analysis.pathCount, perDecision }
  const totals = totalsFor(analysis, costQueryOf(analysis, []))
  const { count, leftOut } = totals
  return { architectures: count, atMost: count + leftOut, perDecision }
}

/** What can be built is asked for by the count itself, which may take some ten seconds; then the product is said, as not proved. */
const countLimits: StructureLimits = { mostBuilds: 100_000 }

/** By multiplication where nothing stands against it, else along the diagram. */
function countUnconstrained(ir: Ir, space: string, options: ExploreOptions): Count {
  const explored = exploredOf(ir, space, options)
  const free = 'isExact' in explored && explored.isExact ? countFree(explored.decisions, budgetOf(ir)) : undefined
  const perDecision = countEach(ir, space, options)
  if (free !== undefined && 'isBuildable' in explored && explored.isBuildable)
    return { architectures: free, atMost: free, perDecision }
  const structure = structureOf(ir, space, options, free === undefined ? noLimits : countLimits)
  const architectures = structure ? countPaths(structure) : (free ?? 0n)
  return { architectures, atMost: architectures, perDecision, ...(structure ? {} : { isUnproved: true }) }
}

function countEach(ir: Ir, space: string, options: ExploreOptions): Count['perDecision'] {
  return Object.fromEntries(
    decisionsOf(ir, space, options).map((decision) => [decision.path, countSelections(decision)] as const),
  )
}

/** True if the space or one of its cells requires anything. */
export function hasConstraints(ir: Ir, space: string): boolean {
  return requiresOf(ir, spaceOf(ir, space)).length > 0
}
