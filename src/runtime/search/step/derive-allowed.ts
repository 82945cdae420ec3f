import { bestArchitecture, hasConstraints, unmetConstraints } from '../../../analysis/index.js'
import { architectureFrom } from './architecture-from.js'
import type { Evidence, SelectedOptions } from '../components/derivations/derivation.js'
import { decidesEachAlone, derive, exclusion } from './derive.js'
import type { Decision } from '../../../space/decisions/decision.js'
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
export function deriveAllowed(search: ResolvedSearch, evidence: Evidence): Derived {
  const { ir, plan, params, decisions } = search
  const selected = derive(plan.derive, decisions, evidence)
  if (!hasConstraints(ir, plan.space)) return { selected, unmet: [] }
  const unmet = unmetConstraints(ir, architectureFrom(search, selected), params).map(({ text }) => text)
  if (unmet.length === 0 || !decidesEachAlone(plan.derive)) return { selected, unmet }
  const excluded = exclusion(plan.derive.except)
  const allowed = bestArchitecture(ir, plan.space, { params }, (decision, options) => {
    if (options.some((option) => excluded(decision, option))) return -Infinity
    return relativeScore(decision, options, evidence)
  })
  return allowed ? { selected: allowed.decisions, unmet: [] } : { selected, unmet }
}

/** Logarithm of the weight of what is taken, relative to the largest that could be; 0 where nothing weighs it. */
function relativeScore({ path, arity }: Decision, options: readonly number[], { weights, sets }: Evidence): number {
  if (arity === undefined) {
    const own = weights[path] ?? []
    return Math.log((own[options[0] ?? 0] ?? 0) / Math.max(...own))
  }
  const { of, chances } = sets?.[path] ?? { of: [], chances: [] }
  const chance = chances[of.findIndex((set) => String(set) === String(options))]
  return chance === undefined ? 0 : Math.log(chance / Math.max(...chances))
}
