import { formatCount, plural } from '../../../support/format-quantity.js'
import { measureNormalisation } from '../../data/normalisation.js'
import type { Dataset } from '../../data/dataset.js'
import { drawExamples, holdOut, imagesOfClasses, splitByShare, type DataSplit } from '../../data/split.js'
import type { Random } from '../../random/random.js'
import { optional } from '../settings/optional.js'
import type { SearchPlan } from '../settings/plan.js'
import type { SessionData } from '../step/session.js'

/**
 * Divides the training images as the plan says: those of the search are drawn, from all classes or some; those that
 * architectures are judged by are kept from all training, and the others cut into the shares of weights and choices. The
 * retraining takes all that are left of the training images, or draws its own. Where the data have images of validation, those
 * judge, and no others are kept for that. Pixels are normalised by all images that train.
 */
export function splitData(dataset: Dataset, plan: SearchPlan, random: Random): SessionData {
  const trained = dataset.train.count - dataset.validation
  const own = Array.from({ length: dataset.validation }, (_, index) => trained + index)
  // Where nothing is searched, only the retraining takes images.
  const search = plan.given === undefined ? searchSplit(dataset, plan, random) : { split: {}, notes: [] }
  const split = { ...search.split, ...(own.length > 0 && { validation: own }) }
  const kept = search.split['validation'] ?? []
  const retrain = plan.retrain && retrainExamples(trained, plan.retrain.settings.examples, kept, random)
  const everything = Uint32Array.from({ length: trained }, (_, index) => index)
  // Without a part of its own the retraining takes every image that there is.
  const retrained = retrain ?? (own.length > 0 && plan.retrain !== undefined ? [...everything] : undefined)
  const notes = [
    ...search.notes,
    ...shortage('the retraining', plan.retrain?.settings.examples, trained - kept.length),
    ...(own.length > 0 && plan.validate !== undefined ? ['`validate` takes the images of validation of the data'] : []),
  ]
  return {
    dataset,
    normalisation: measureNormalisation(dataset.train, everything, dataset.channels),
    split: { ...split, ...optional('retrain', retrained) },
    ...optional('side', plan.settings.image_side),
    ...(notes.length > 0 && { notes }),
  }
}

/** What is said where more images are asked for than there are. */
function shortage(who: string, asked: number | undefined, available: number): readonly string[] {
  if (asked === undefined || asked <= available) return []
  return [`${who} asks for ${plural(asked, 'image')} and takes all that there are, ${formatCount(available)}`]
}

function searchSplit(
  { train, validation, classes }: Dataset,
  plan: SearchPlan,
  random: Random,
): { readonly split: DataSplit; readonly notes: readonly string[] } {
  const { classes_share: share, examples: asked } = plan.settings
  const trained = train.count - validation
  const labels = train.labels.subarray(0, trained)
  const seen = share === undefined ? undefined : imagesOfClasses(labels, classes, share, random.stream('data/classes'))
  const available = seen?.length ?? trained
  const drawn = drawExamples(available, asked, random.stream('data/examples'))
  const examples = seen === undefined ? drawn : drawn.map((position) => seen[position] ?? 0)
  const holdsOut = plan.validate !== undefined && validation === 0
  const { kept, held } = holdsOut ? holdOut(examples, plan.validate) : { kept: examples, held: [] }
  const shares = { weights: plan.weights?.share, ...(plan.choices !== undefined && { choices: plan.choices.share }) }
  return {
    split: { ...splitByShare(kept, shares, examples.length), ...(held.length > 0 && { validation: held }) },
    notes: shortage('the search', asked, available),
  }
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
  return left.slice(0, asked)
}
