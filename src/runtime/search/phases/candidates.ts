import { costRange, memberFinder, sampler, type Bounds } from '../../../analysis/index.js'
import type { Random } from '../../random/random.js'
import type { CandidateDraws, SearchingDerivation } from '../components/derivations/derivation.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { candidateOf } from '../step/sampled-space.js'

/**
 * Where a searching derivation draws from: the architectures within the constraints of the space and its own bounds, by exact
 * analysis.
 *
 * @returns what draws with the stream of one round
 * @throws Failure NAS6136 if there is no such architecture
 */
export function openCandidates(
  { ir, plan, params, decisions }: ResolvedSearch,
  { macs }: SearchingDerivation,
): (random: Random) => CandidateDraws {
  const options = { params }
  const range = costRange(ir, plan.space, options, 'macs')
  // A bound that keeps nothing out would have sums of costs kept apart for nothing.
  const isBound = range !== undefined && (macs.least > range.least.value || macs.most < range.greatest.value)
  const where: readonly Bounds[] = isBound ? [{ quantity: 'macs', ...macs }] : []
  const uniform = sampler(ir, plan.space, options, { where })
  const find = memberFinder(ir, plan.space, options, where)
  return (random) => ({
    decisions,
    random,
    draw: () => candidateOf(uniform.draw(random)),
    member(selections) {
      const found = find(selections)
      return found && candidateOf(found)
    },
  })
}
