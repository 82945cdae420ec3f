import type { Architecture } from '../../../space/architectures/architecture.js'
import type { Network } from '../../../space/network/network.js'
import { trainingBatches } from '../../data/batches.js'
import type { BatchSource } from '../../data/batches.js'
import type { Random } from '../../random/random.js'
import { calibrateOn, evaluateOn, type EvaluationScore } from '../../training/evaluation.js'
import type { StepCache } from '../../training/steps.js'
import { inheritedBinding } from '../step/sampled-space.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import { evaluationBatch, type SessionData } from '../step/session.js'
import { sharedNetwork } from '../step/shared-network.js'

export interface InheritedScore extends EvaluationScore {
  /** Training images that the statistics of batch norms were measured on. */
  readonly calibrationImages: number
}

export interface InheritedRequest {
  readonly search: ResolvedSearch
  readonly data: SessionData
  readonly random: Random
  /** Over the variables of the supernet. */
  readonly steps: StepCache
  readonly architecture: Architecture
  /** Those that it is to classify. */
  readonly images: BatchSource
}

/**
 * Accuracy of an architecture with the weights of the supernet. The running statistics of the
 * supernet belong to mixtures, so those of the architecture's batch norms are measured anew on training images first
 * (Bender et al., ICML 2018, section 3.4, name the need); this overwrites them in the store.
 */
export async function evaluateInherited(request: InheritedRequest): Promise<InheritedScore> {
  const { search, data, random, steps, architecture, images } = request
  const { plan, relaxed } = search
  const network = (): Network => sharedNetwork(search, data, inheritedBinding(relaxed, architecture))
  const batches = trainingBatches({
    set: data.dataset.train,
    shape: data.dataset,
    normalisation: data.normalisation,
    indices: data.split['weights'] ?? [],
    size: plan.batch,
    random: random.stream('data/calibration'),
  })
  const key = `inherited ${JSON.stringify(architecture.decisions)}`
  const calibrate = steps.prepare(key, network, { batch: batches.batch(0, 0).count, mode: 'calibrate' })
  const calibrationImages = await calibrateOn(calibrate, batches, plan.calibrate)
  const evaluate = steps.prepare(key, network, { batch: evaluationBatch, mode: 'evaluate' })
  return { ...(await evaluateOn(evaluate, images, evaluationBatch)), calibrationImages }
}
