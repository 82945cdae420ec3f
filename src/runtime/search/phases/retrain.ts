import { bindingOf, type Architecture } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import { costOf, type Cost } from '../../../space/cost/index.js'
import { trainingBatches } from '../../data/batches.js'
import { batchFeeds } from '../../training/feeds/batch-feeds.js'
import { dropPathFeeds } from '../../training/feeds/drop-path.js'
import { dropoutFeeds } from '../../training/feeds/dropout.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import { crossEntropyObjective } from '../../plan/objective.js'
import { zeroResiduals } from '../../plan/zero-residuals.js'
import { openAugmentations } from '../components/augmentations/index.js'
import { evaluateOn, type EvaluationScore } from '../../training/evaluation.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { trainOn } from '../step/feed.js'
import { runLoop, type Loop, type LoopOutcome, type LoopState } from '../step/loop.js'
import { loopEvents } from '../step/loop-events.js'
import { auxiliaryHeadOf } from '../settings/auxiliary-head.js'
import type { RetrainPlan } from '../settings/plan.js'
import type { ResolvedSearch } from '../step/resolved-search.js'
import {
  dataShape,
  evaluationBatch,
  imagesOf,
  retrainedOn,
  testBatches,
  type Session,
  type SessionData,
} from '../step/session.js'
import { openUpdatePlan } from '../step/open-update-plan.js'

/** The network that is trained from scratch. `auxiliary`: with the auxiliary head, as it is while training. */
export function standaloneNetwork(
  { ir, plan, standaloneParams: params }: ResolvedSearch,
  retrain: RetrainPlan,
  architecture: Architecture,
  data: SessionData,
  auxiliary: boolean,
): Network {
  const head = auxiliary && retrain.auxiliary !== undefined ? auxiliaryHeadOf(ir, plan, params) : undefined
  return buildNetwork(ir, plan.space, {
    params,
    binding: bindingOf(architecture),
    mode: 'standalone',
    ...dataShape(retrainedOn(data, retrain)),
    ...(auxiliary && retrain.auxiliary !== undefined && { auxiliaryAt: retrain.auxiliary.at }),
    ...(head !== undefined && { auxiliaryHead: head }),
  })
}

export interface Retraining {
  readonly architecture: Architecture
  /** Under which the events speak of it. */
  readonly name: string
  readonly plan: RetrainPlan
  readonly steps: StepCache
  /** Without the auxiliary head. */
  readonly cost: Cost
}

/** @param stored variables from a checkpoint */
export function openRetraining(
  session: Session,
  plan: RetrainPlan,
  name: string,
  architecture: Architecture,
  stored?: ReadonlyMap<string, Float32Array>,
): Retraining {
  return {
    architecture,
    name,
    plan,
    steps: openSteps(session.engine, { random: session.random.stream('initial/retrained'), stored }),
    cost: costOf(standaloneNetwork(session.search, plan, architecture, session.data, false)),
  }
}

/**
 * Trains the network from its beginning, or from where a checkpoint left it.
 * @param save writes a checkpoint
 */
export async function retrain(
  session: Session,
  retraining: Retraining,
  start: LoopState,
  save: (loop: LoopState, arrays: ReadonlyMap<string, Float32Array>) => void,
): Promise<LoopOutcome> {
  const { plan, architecture, steps, name } = retraining
  const { data, random } = session
  const batches = trainingBatches({
    ...imagesOf(retrainedOn(data, plan), 'train'),
    ...(data.split['retrain'] !== undefined && { indices: data.split['retrain'] }),
    size: plan.batch,
    augmentations: openAugmentations(plan.augment, 'retrain: augment'),
    cutout: plan.cutout,
    random: random.stream('data/retrain'),
  })
  const { update, learningRate } = openUpdatePlan(plan, 'weights', 'retrain')
  const size = batches.batch(0, 0).count
  const drops = plan.dropPath.from > 0 || plan.dropPath.to > 0
  const network = (): Network => {
    const built = standaloneNetwork(session.search, plan, architecture, data, true)
    return plan.zeroInitResidual === true ? zeroResiduals(built) : built
  }
  const step = steps.prepare('train', network, {
    batch: size,
    mode: 'train',
    objective: crossEntropyObjective(plan.labelSmoothing ?? session.search.minimised.smoothing ?? 0),
    ...(plan.auxiliary !== undefined && { auxiliaryWeight: plan.auxiliary.weight }),
    dropPath: drops,
    ...(plan.headDropout !== undefined && { headDropout: plan.headDropout }),
    ...(plan.dropConnect !== undefined && { dropConnect: plan.dropConnect }),
    update,
  })
  const feeds = bindFeeds(step.inputs, [
    batchFeeds(batches),
    ...rateFeeds(learningRate),
    dropPathFeeds(plan.dropPath, random.stream('drop-path')),
    dropoutFeeds(step.drops, random.stream('dropout')),
  ])
  if (start.done === 0) recordStart(session, retraining, batches.steps, size)

  const loop: Loop = {
    epochs: plan.epochs,
    steps: batches.steps,
    images: size,
    step: (position) => ({ weights: trainOn(step, feeds, position, size, 'retrain') }),
    ...loopEvents(session, { phase: 'retrain', architecture: name }, (position) => ({
      figures: { 'learning_rate.weights': learningRate.at(position) },
    })),
    save: (loopState) => save(loopState, steps.snapshot()),
  }
  return runLoop(loop, start, session.control)
}

function recordStart(session: Session, { plan, name, cost }: Retraining, steps: number, batch: number): void {
  const { data } = session
  session.record({
    type: 'phase-started',
    phase: 'retrain',
    architecture: name,
    epochs: plan.epochs,
    steps,
    batch,
    images: { weights: data.split['retrain']?.length ?? data.dataset.train.count },
    parameters: cost.parameters,
    macs: cost.macs,
    convention: cost.convention,
  })
}

/** Accuracy on the test images of the network with its own weights and running statistics. */
export function evaluateStandalone(
  search: ResolvedSearch,
  retrainPlan: RetrainPlan,
  architecture: Architecture,
  data: SessionData,
  steps: StepCache,
): Promise<EvaluationScore> {
  const network = (): Network => standaloneNetwork(search, retrainPlan, architecture, data, false)
  const step = steps.prepare('evaluate', network, { batch: evaluationBatch, mode: 'evaluate' })
  return evaluateOn(step, testBatches(retrainedOn(data, retrainPlan)), evaluationBatch)
}
