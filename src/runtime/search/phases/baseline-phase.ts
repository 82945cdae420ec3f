import { bindingOf } from '../../../space/architectures/architecture.js'
import { costOf } from '../../../space/cost/index.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Random } from '../../random/random.js'
import type { Candidate, SelectedOptions } from '../components/derivations/derivation.js'
import { distinct, keyOf } from '../components/derivations/distinct.js'
import type { BaselinePlan } from '../settings/plan.js'
import { architectureFrom } from '../step/architecture-from.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { derivedIn, type DerivedArchitecture, type DerivedResult } from './derive-phase.js'
import { writeDerived } from './derived-architecture.js'
import type { Phase, Results } from './phase.js'

const phase = 'baseline'

/** Shares of the multiply-accumulates of what was derived by which those of the baseline may differ, the first that will do. */
const windows = [0.05, 0.1, 0.2, 0.5]

/** What the derived architecture is measured by; empty where there is nothing, or nothing yet. */
export function baselineIn(results: Results): readonly DerivedArchitecture[] {
  return (results[phase] as DerivedResult | undefined)?.architectures ?? []
}

/**
 * Draws architectures at random that cost what the best derived one costs, to be trained from scratch beside it: a search is worth
 * what it finds beyond them (Li and Talwalkar, UAI 2019; Yu et al., ICLR 2020).
 */
export function baselinePhase({ count }: BaselinePlan): Phase<DerivedResult> {
  return {
    phase,
    run({ session, results }) {
      const [derived] = derivedIn(results)?.architectures ?? []
      const drawn = derived && drawBaseline(session.search, derived.selected, count, session.random.stream(phase))
      const architectures = (drawn ?? []).map(({ selected }, index) =>
        writeDerived(session, { name: `random_${String(index + 1)}`, selected, unmet: [], isBaseline: true }),
      )
      return Promise.resolve({ kind: 'done', result: { architectures } })
    },
  }
}

/**
 * Architectures within the constraints, each as likely as any other of its window of multiply-accumulates (of the space as it is
 * declared, under the params of the search). The next wider window is asked where one has too few.
 *
 * @returns `count` of them, no two equal and none the derived one; fewer where the space has no more
 */
export function drawBaseline(
  search: ResolvedSearch,
  derived: SelectedOptions,
  count: number,
  random: Random,
): readonly Candidate[] {
  const { ir, plan, params, sampled } = search
  const binding = bindingOf(architectureFrom(search, derived))
  const { macs } = costOf(buildNetwork(ir, plan.space, { params, binding, mode: 'standalone' }))
  const known = new Set([keyOf(derived)])
  const drawn: Candidate[] = []
  for (const share of windows) {
    const range = { least: Math.ceil(macs * (1 - share)), most: Math.floor(macs * (1 + share)) }
    if (drawn.length === count || !sampled.hasAnyWithin(range)) continue
    drawn.push(...distinct(count - drawn.length, known, () => sampled.drawWithin(random, range)))
  }
  return [...drawn, ...distinct(count - drawn.length, known, () => sampled.drawWithin(random))]
}
