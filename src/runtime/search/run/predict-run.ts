import { evaluationBatches } from '../../data/batches.js'
import { openImageFiles, type UnlabelledImages } from '../../data/image-files.js'
import { logSumExp } from '../../operations/support/log-sum-exp.js'
import type { ClassProbability, PredictOptions, PredictResult } from '../../options.js'
import { logitsOf, yieldToEventLoop } from '../../training/evaluation.js'
import { optional } from '../settings/optional.js'
import { evaluationBatch, imagesOf } from '../step/session.js'
import { askRun } from './ask-run.js'
import { openAsked, type AskedNetwork } from './open-asked.js'

/** Classes that are told of an image where nothing else is said. */
const classesTold = 5

/**
 * Classifies image files with a network of a run, which sees them as it sees those of its data: brought to the same size and number
 * of channels, and normalised by the same means and deviations. Changes nothing in the run directory.
 *
 * @param places files and folders
 * @throws Failure as `openAsked` does; as `openImageFiles` does; NAS7528 if the data do not fit
 */
export function predictRun(
  folder: string,
  places: readonly string[],
  { top = classesTold, ...options }: PredictOptions,
): Promise<PredictResult> {
  return askRun(folder, options, async (asking) => {
    const { run, data } = asking
    // Before the network is opened, which may take longer.
    const images = await openImageFiles(places, data.dataset, optional('skipCorrupt', options.skipCorrupt))
    const network = await openAsked(asking, options)
    const given = typeof options.architecture === 'string' ? options.architecture : undefined
    return {
      run: run.path,
      weights: network.of,
      ...(network.of !== 'supernet' && optional('architecture', network.name ?? given)),
      images: await classified(network, images, { top, classNames: run.record.data.classNames }),
      leftOut: images.leftOut,
    }
  })
}

interface Telling {
  readonly top: number
  readonly classNames: readonly string[] | undefined
}

async function classified(
  { step, inputs, data }: AskedNetwork,
  { set, paths }: UnlabelledImages,
  telling: Telling,
): Promise<PredictResult['images']> {
  const batches = evaluationBatches({ ...imagesOf(data, 'test'), set, size: evaluationBatch })
  const results: PredictResult['images'][number][] = []
  for (let index = 0; index < batches.steps; index++) {
    const batch = batches.batch(0, index)
    const logits = logitsOf(step, batch, evaluationBatch, inputs)
    const classes = logits.length / batch.count
    for (let image = 0; image < batch.count; image++) {
      const row = logits.subarray(image * classes, (image + 1) * classes)
      results.push({ path: paths[results.length] ?? '', classes: likeliest(row, telling) })
    }
    await yieldToEventLoop()
  }
  return results
}

/** By the softmax of the logits; of equal ones the first comes first, as where accuracy is counted. */
function likeliest(logits: Float32Array, { top, classNames }: Telling): readonly ClassProbability[] {
  const sum = logSumExp(logits)
  return Array.from(logits, (logit, label) => ({ logit, label }))
    .sort((a, b) => b.logit - a.logit || a.label - b.label)
    .slice(0, top)
    .map(({ logit, label }) => ({
      label,
      ...optional('name', classNames?.[label]),
      probability: Math.exp(logit - sum),
    }))
}
