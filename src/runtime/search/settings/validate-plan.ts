import { decisionsOf } from '../../../analysis/index.js'
import { resolveParams } from '../../../space/values/params.js'
import { Failure } from '../../../catalogue/failure.js'
import type { Ir } from '../../../ir/model/ir.js'
import type { IrSearch } from '../../../ir/model/search.js'
import { openAugmentation } from '../components/augmentations/index.js'
import { openObjective } from '../components/objectives/index.js'
import { openOptimiser } from '../components/optimisers/index.js'
import { openSampler } from '../components/samplers/index.js'
import { derive } from '../phases/derive.js'
import type { SearchPlan } from './plan.js'
import { relaxSpace } from '../step/relaxed.js'

/**
 * Opens every component once, relaxes the space and derives an architecture from even weights, so that nothing that can
 * be known now comes up after hours. Returns the plan.
 */
export function validatePlan(ir: Ir, plan: SearchPlan): SearchPlan {
  openSampler(plan.sample, 'sample')
  openObjective(plan.minimise, 'minimise')
  openOptimiser(plan.weights.optimiser, 'train weights')
  if (plan.choices) openOptimiser(plan.choices.optimiser, 'train choices')
  if (plan.retrain) openOptimiser(plan.retrain.optimiser, 'retrain')
  for (const use of plan.augment) openAugmentation(use, 'augment')
  for (const use of plan.retrain?.augment ?? []) openAugmentation(use, 'retrain: augment')
  checkShares(plan)

  const decisions = decisionsOf(ir, plan.space, { params: resolveParams(ir, plan.params) })
  const relaxed = relaxSpace(plan.relax, decisions)
  const [first] = relaxed.trained
  if (first !== undefined && plan.choices === undefined) {
    throw new Failure('setting-missing', {
      clause: `\`relax ${first.decision.kind}\` gives choices logits, but the search \`${plan.search}\``,
      what: 'how they are trained',
      advice: 'Add `train choices { … }`.',
    })
  }
  const even = Object.fromEntries(
    relaxed.trained.map(({ decision: { path, options } }) => [path, options.map(() => 1 / options.length)] as const),
  )
  derive(plan.derive, decisions, even)
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
