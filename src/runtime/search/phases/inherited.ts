import type { Architecture } from '../../../space/architectures/architecture.js'
import type { Network } from '../../../space/network/network.js'
import { trainingBatches } from '../../data/batches.js'
import type { BatchSource } from '../../data/batches.js'
import { engineBinding } from '../../../space/binding/engine-binding.js'
import type { Binding } from '../../../space/decisions/binding.js'
import { createRandom, type Random } from '../../random/random.js'
import { calibrateOn, evaluateOn, type ConstantInputs, type EvaluationScore } from '../../training/evaluation.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import type { PreparedStep, StepCache } from '../../training/steps.js'
import { lastPosition } from '../../training/training-position.js'
import type { SearchPlan } from '../settings/plan.js'
import { scoreOf } from '../settings/judging.js'
import { evidenceOf } from '../step/evidence.js'
import { placedSpaces } from '../step/placed-space.js'
import { inheritedBinding } from '../step/sampled-space.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import type { ReadyNetwork } from './ready-network.js'
import { evaluationBatch, imagesOf, type SessionData } from '../step/session.js'
import { sharedNetwork } from '../step/shared-network.js'

export interface InheritedScore extends EvaluationScore {
  /** Training images that the statistics of batch norms were measured on. */
  readonly calibrationImages: number
}

/** What it takes to open a network with the weights of a supernet. */
export interface SupernetRequest {
  readonly search: ResolvedSearch
  readonly data: SessionData
  readonly random: Random
  /** Over the variables of the supernet. */
  readonly steps: StepCache
}

export interface InheritedRequest extends SupernetRequest {
  readonly architecture: Architecture
  /** Those that are to be classified. */
  readonly images: BatchSource
}

/** A network that reads the weights of the supernet, with its statistics of batch norms measured. */
export interface InheritedNetwork extends ReadyNetwork {
  /** Training images that the statistics of batch norms were measured on. */
  readonly calibrationImages: number
}

/**
 * Accuracy of an architecture with the weights of the supernet. The running statistics of the
 * supernet belong to mixtures, so those of the architecture's batch norms are measured anew on training images first
 * (Bender et al., ICML 2018, section 3.4, name the need); this overwrites them in the store.
 */
export async function evaluateInherited(request: InheritedRequest): Promise<InheritedScore> {
  return scored(await openInherited(request), request.images)
}

/** The network that {@link evaluateInherited} tests, ready to classify. */
export function openInherited(request: Omit<InheritedRequest, 'images'>): Promise<InheritedNetwork> {
  const { search, steps, architecture } = request
  const weighted = weightedDecisions(search, steps, architecture)
  return openShared(request, {
    key: `inherited ${JSON.stringify(architecture.decisions)}`,
    binding: bindingOf(search, architecture, weighted),
    isWeighted: weighted.size > 0,
  })
}

async function scored(ready: InheritedNetwork, images: BatchSource): Promise<InheritedScore> {
  const { step, inputs, calibrationImages } = ready
  return { ...(await evaluateOn(step, images, evaluationBatch, inputs)), calibrationImages }
}

/**
 * The supernet itself, ready to classify, its choices as they stood at the end of the search, without noise. What it loses to
 * {@link evaluateInherited} of the architecture that was derived is the inconsistency of a search (Yang et al., EnTranNAS,
 * section 1). The statistics of batch norms are measured as there.
 */
export function openSupernet(request: SupernetRequest): Promise<InheritedNetwork> {
  const { search, data, steps } = request
  const { binding, key } = placedSpaces(search, data, steps)(lastPosition(search.plan.settings.epochs)).supernet
  return openShared(request, { key: `supernet ${key}`, binding, isWeighted: true })
}

/** A network that reads the weights of the supernet. */
interface SharedNetwork {
  readonly key: string
  readonly binding: Binding
  /** Whether options are open in it, which then have the weights that the search came to. */
  readonly isWeighted: boolean
}

async function openShared(
  { search, data, random, steps }: SupernetRequest,
  { key, binding, isWeighted }: SharedNetwork,
): Promise<InheritedNetwork> {
  const { plan, relaxed } = search
  const network = (): Network => sharedNetwork(search, data, binding)
  const batches = trainingBatches({
    ...imagesOf(data, 'train'),
    indices: data.split['weights'] ?? [],
    size: plan.settings.batch,
    random: random.stream('data/calibration'),
  })
  const weights = isWeighted ? { weights: relaxed.weights } : {}
  const calibrate = steps.prepare(key, network, { batch: batches.batch(0, 0).count, mode: 'calibrate', ...weights })
  const count = calibrationBatches(plan, batches.batch(0, 0).count)
  const calibrationImages = await calibrateOn(calibrate, batches, count, stillInputs(search, calibrate))
  const step = steps.prepare(key, network, { batch: evaluationBatch, mode: 'evaluate', ...weights })
  const inputs = stillInputs(search, step)
  return { network, step, inputs, calibrationImages, ...(isWeighted && { optionWeights: relaxed.weights }) }
}

function calibrationBatches(plan: SearchPlan, size: number): number {
  const score = scoreOf(plan)
  return score.kind === 'evaluated' && score.calibration !== undefined
    ? Math.ceil(score.calibration / size)
    : plan.settings.calibrate
}

/**
 * Decisions whose options keep their weights: those whose weights become exactly zero, where the architecture takes just what has
 * one. Without its weights it would not be the network that the search ended with.
 */
function weightedDecisions(
  { relaxed, plan, evidence }: ResolvedSearch,
  steps: StepCache,
  { decisions }: Architecture,
): ReadonlySet<string> {
  const sparse = relaxed.trained.filter(({ emission }) => emission.isSparse === true)
  if (sparse.length === 0) return new Set()
  const { weights } = evidenceOf(evidence(), steps, lastPosition(plan.settings.epochs))
  const kept = sparse.filter(({ decision: { path } }) => {
    const taken = decisions[path] ?? []
    return weights[path]?.every((weight, option) => weight > 0 === taken.includes(option))
  })
  return new Set(kept.map(({ decision }) => decision.path))
}

/** In the copies of cells that weigh what they evaluate, the architecture keeps weights; in the others it never had any. */
function bindingOf(
  { relaxed, relaxedCopies }: ResolvedSearch,
  architecture: Architecture,
  weighted: ReadonlySet<string>,
): Binding {
  const weighing = inheritedBinding(relaxed, architecture, weighted)
  if (relaxedCopies === undefined) return weighing
  return engineBinding(weighing, inheritedBinding(relaxed, architecture), relaxedCopies)
}

/** What the weights of options read, as it is at the end of the training. */
function stillInputs({ relaxed, plan }: ResolvedSearch, { inputs }: PreparedStep): ConstantInputs {
  const own = inputs.filter(({ name }) => !['images', 'labels', 'calibrationMomentum'].includes(name))
  return bindFeeds(own, relaxed.feeds(createRandom(0))).still(lastPosition(plan.settings.epochs))
}
