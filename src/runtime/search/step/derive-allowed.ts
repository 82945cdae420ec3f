import { bestArchitecture, hasConstraints, unmetConstraints } from '../../../analysis/index.js'
import { architectureFrom } from './architecture-from.js'
import type { DerivationInput, SelectedOptions } from '../components/derivations/derivation.js'
import { decidesEachAlone, derive, exclusion } from './derive.js'
import type { ResolvedSearch } from './resolved-search.js'

export interface Derived {
  readonly selected: SelectedOptions
  /** Constraints of the space that it does not satisfy, as they read. */
  readonly unmet: readonly string[]
}

/**
 * Reads an architecture off the weights of the options, within the constraints of the space. Where the strongest options
 * together are not allowed and every rule decides each choice alone, it is the allowed architecture of the greatest product of
 * weights, each relative to the largest of its decision: the least that has to be given up. Other rules do not look at
 * constraints, and what they take is said to miss them.
 *
 * @throws Failure as `derive`
 */
export function deriveAllowed(search: ResolvedSearch, weights: DerivationInput['weights']): Derived {
  const { ir, plan, params, decisions } = search
  const selected = derive(plan.derive, decisions, weights)
  if (!hasConstraints(ir, plan.space)) return { selected, unmet: [] }
  const unmet = unmetConstraints(ir, architectureFrom(search, selected), params).map(({ text }) => text)
  if (unmet.length === 0 || !decidesEachAlone(plan.derive)) return { selected, unmet }
  const excluded = exclusion(plan.derive.except)
  const allowed = bestArchitecture(ir, plan.space, { params }, (decision, option) => {
    if (excluded(decision, option)) return -Infinity
    const each = weights[decision.path] ?? []
    return Math.log((each[option] ?? 0) / Math.max(...each))
  })
  return allowed ? { selected: allowed.decisions, unmet: [] } : { selected, unmet }
}
