import { measureNormalisation } from '../../data/normalisation.js'
import type { Dataset } from '../../data/dataset.js'
import { drawExamples, splitByShare } from '../../data/split.js'
import type { Random } from '../../random/random.js'
import type { SearchPlan } from '../settings/plan.js'
import type { SessionData } from '../step/session.js'

/**
 * Divides the training images as the plan says: those of the search are drawn, then cut into the shares of weights and
 * choices; the retraining takes all images, or draws its own. Pixels are normalised by all training images.
 */
export function splitData(dataset: Dataset, plan: SearchPlan, random: Random): SessionData {
  const { count } = dataset.train
  const examples = drawExamples(count, plan.examples, random.stream('data/examples'))
  const shares = { weights: plan.weights.share, ...(plan.choices !== undefined && { choices: plan.choices.share }) }
  const retrainExamples = plan.retrain?.examples
  const everything = Uint32Array.from({ length: count }, (_, index) => index)
  return {
    dataset,
    normalisation: measureNormalisation(dataset.train, everything, dataset.channels),
    split: {
      ...splitByShare(examples, shares),
      ...(retrainExamples !== undefined && {
        retrain: [...drawExamples(count, retrainExamples, random.stream('data/retrain-examples'))],
      }),
    },
  }
}
