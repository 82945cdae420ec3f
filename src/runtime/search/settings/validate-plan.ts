import { Failure } from '../../../catalogue/failure.js'
import type { IrSearch } from '../../../ir/model/search.js'
import { openAugmentation } from '../components/augmentations/index.js'
import { openObjective } from '../components/objectives/index.js'
import { openOptimiser } from '../components/optimisers/index.js'
import { openSampler } from '../components/samplers/index.js'
import type { SearchPlan } from './plan.js'

/** Opens every component of a plan once, so that each is there and its arguments fit. Returns the plan. */
export function validatePlan(plan: SearchPlan): SearchPlan {
  openSampler(plan.sample, 'sample')
  openObjective(plan.minimise, 'minimise')
  openOptimiser(plan.weights.optimiser, 'train weights')
  if (plan.choices) openOptimiser(plan.choices.optimiser, 'train choices')
  if (plan.retrain) openOptimiser(plan.retrain.optimiser, 'retrain')
  for (const use of plan.augment) openAugmentation(use, 'augment')
  for (const use of plan.retrain?.augment ?? []) openAugmentation(use, 'retrain: augment')
  checkShares(plan)
  return plan
}

/** Clauses of the language that no part of the runtime acts on yet: refused, never ignored. */
export function refuseUnavailable(search: IrSearch): void {
  const clauses: Readonly<Record<string, boolean>> = {
    cells: search.cells.length > 0,
    share: search.share.length > 0,
    predictor: search.predictor !== undefined,
    'train predictor': search.train.some(({ variables }) => variables === 'predictor'),
    teacher: search.teacher !== undefined,
    views: search.views !== undefined,
    score: search.score !== undefined,
    'per epoch': search.train.some(({ perEpoch }) => perEpoch),
  }
  const found = Object.keys(clauses).find((clause) => clauses[clause] === true)
  if (found === undefined) return
  throw new Failure('clause-not-available', { search: search.name, clause: found })
}

function checkShares({ weights, choices }: SearchPlan): void {
  if (choices === undefined || weights.share === undefined || choices.share === undefined) return
  if (weights.share + choices.share <= 1) return
  throw new Failure('wrong-shares', { share: Math.round((weights.share + choices.share) * 100) })
}
