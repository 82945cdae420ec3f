import { measureNormalisation } from '../../data/normalisation.js'
import type { Dataset } from '../../data/dataset.js'
import { drawExamples, firstOf, holdOut, imagesOfClasses, splitByShare, type DataSplit } from '../../data/split.js'
import type { Random } from '../../random/random.js'
import { optional } from '../settings/optional.js'
import type { SearchPlan } from '../settings/plan.js'
import type { SessionData } from '../step/session.js'

/**
 * Divides the training images as the plan says: those of the search are drawn, from all classes or some; those that
 * architectures are judged by are kept from all training, and the others cut into the shares of weights and choices. The
 * retraining takes all that are left of the training images, or draws its own. Pixels are normalised by all training images.
 */
export function splitData(dataset: Dataset, plan: SearchPlan, random: Random): SessionData {
  const { count } = dataset.train
  const everything = Uint32Array.from({ length: count }, (_, index) => index)
  // Where nothing is searched, only the retraining takes images.
  const search = plan.given === undefined ? searchSplit(dataset, plan, random) : {}
  const retrain =
    plan.retrain && retrainExamples(count, plan.retrain.settings.examples, search['validation'] ?? [], random)
  return {
    dataset,
    normalisation: measureNormalisation(dataset.train, everything, dataset.channels),
    split: { ...search, ...(retrain !== undefined && { retrain }) },
    ...optional('side', plan.settings.image_side),
  }
}

function searchSplit({ train, classes }: Dataset, plan: SearchPlan, random: Random): DataSplit {
  const { classes_share: share, examples: asked } = plan.settings
  const seen =
    share === undefined ? undefined : imagesOfClasses(train.labels, classes, share, random.stream('data/classes'))
  const drawn = drawExamples(seen?.length ?? train.count, asked, random.stream('data/examples'))
  const examples = seen === undefined ? drawn : drawn.map((position) => seen[position] ?? 0)
  const { kept, held } = plan.validate === undefined ? { kept: examples, held: [] } : holdOut(examples, plan.validate)
  const shares = { weights: plan.weights?.share, ...(plan.choices !== undefined && { choices: plan.choices.share }) }
  return { ...splitByShare(kept, shares, examples.length), ...(held.length > 0 && { validation: held }) }
}

/** Undefined: all images. */
function retrainExamples(
  count: number,
  asked: number | undefined,
  held: readonly number[],
  random: Random,
): readonly number[] | undefined {
  if (held.length === 0) {
    return asked === undefined ? undefined : [...drawExamples(count, asked, random.stream('data/retrain-examples'))]
  }
  const validation = new Set(held)
  const left = [...drawExamples(count, undefined, random.stream('data/retrain-examples'))].filter(
    (index) => !validation.has(index),
  )
  return firstOf(left, asked)
}
