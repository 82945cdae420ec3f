import { Failure } from '../../../catalogue/failure.js'
import type { TrainedScore } from '../components/scores/score.js'
import { scoreOf } from '../settings/judging.js'
import { searchingDerivation } from './derive.js'
import type { ResolvedSearch } from './resolved-search.js'

/** Epochs after which a candidate is judged that is trained for a share of them all. */
export function trainedEpochs({ epochs }: TrainedScore, share = 1): number {
  // A share is a power that may have lost the last bit.
  return Math.floor(share * epochs + 1e-9)
}

/**
 * Where each candidate is trained by itself, it is by its labels alone; a derivation that has trainings grow longer needs such a
 * score, and enough epochs for the first of them.
 *
 * @throws Failure NAS7640, NAS7642, NAS7643
 */
export function checkTrainedCandidates({ plan, minimised }: ResolvedSearch): void {
  if (plan.given !== undefined) return
  const derivation = searchingDerivation(plan.derive)
  const score = scoreOf(plan)
  const component = plan.derive.rules[0]?.by.component ?? ''
  if (score.kind !== 'standalone') {
    if (derivation?.trainedShare !== undefined) throw new Failure('trains-nothing-on', { derivation: component })
    return
  }
  if (!minimised.isOfLabels) throw new Failure('more-than-labels', { search: plan.search })
  const share = derivation?.trainedShare?.(0) ?? 1
  if (trainedEpochs(score, share) >= 1) return
  const { epochs } = score
  throw new Failure('too-few-epochs', {
    derivation: component,
    epochs,
    times: Math.round(1 / share),
    rungs: derivation?.rounds ?? 1,
  })
}
