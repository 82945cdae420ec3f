import { Failure } from '../../../catalogue/failure.js'
import { openPlacement } from '../components/cells/index.js'
import { openMinimised } from '../components/objectives/minimised.js'
import { openOptimiser } from '../components/optimisers/index.js'
import { openPredictor } from '../components/predictors/index.js'
import { openSampler } from '../components/samplers/index.js'
import { openScore } from '../components/scores/index.js'
import { checkSettings, imagesUnder, stepUnder } from '../components/settings/acts.js'
import { openTeacher } from '../components/teachers/index.js'
import { openViews } from '../components/views/index.js'
import { optional } from './optional.js'
import type { SearchPlan } from './plan.js'

/** Opens every component of a plan once, so that each is there and its arguments fit. Returns the plan. */
export function validatePlan(plan: SearchPlan): SearchPlan {
  openSampler(plan.sample, 'sample')
  for (const use of plan.cells ?? []) openPlacement(use, 'cells')
  if (plan.teacher) openTeacher(plan.teacher)
  if (plan.views) openViews(plan.views)
  openMinimised(plan.minimise, 'minimise', optional('predictor', plan.predictor))
  if (plan.predictor) {
    openPredictor(plan.predictor.by, `predictor ${plan.predictor.name}`)
    openOptimiser(plan.predictor.optimiser, 'train predictor')
  }
  if (plan.weights) openOptimiser(plan.weights.optimiser, 'train weights')
  if (plan.choices) openOptimiser(plan.choices.optimiser, 'train choices')
  if (plan.retrain) openOptimiser(plan.retrain.optimiser, 'retrain')
  imagesUnder(plan.settings)
  if (plan.retrain) imagesUnder(plan.retrain.settings, 'retrain: ')
  openScore(plan.score, 'score')
  checkShares(plan)
  const { weights, choices, predictor, retrain, search } = plan
  const checked = { search, epochs: plan.settings.epochs, ...optional('predicts', predictor?.predicts) }
  for (const part of [plan, weights, choices, predictor, retrain]) {
    if (part === undefined) continue
    stepUnder(part.settings)
    checkSettings(part.settings, checked)
  }
  return plan
}

function checkShares({ weights, choices, validate }: SearchPlan): void {
  const shares = [weights?.share, choices?.share, validate].filter((share) => share !== undefined)
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum <= 1 + 1e-9) return
  throw new Failure('wrong-shares', { share: Math.round(sum * 100) })
}
