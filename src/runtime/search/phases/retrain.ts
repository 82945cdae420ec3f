import { bindingOf, type Architecture } from '../../../space/architectures/architecture.js'
import { buildNetwork } from '../../../space/network/build-network.js'
import type { Network } from '../../../space/network/network.js'
import { costOf, type Cost } from '../../../space/cost/index.js'
import type { Engine } from '../../backend/engine/engine.js'
import { trainingBatches, type BatchSource } from '../../data/batches.js'
import type { Random } from '../../random/random.js'
import { batchFeeds } from '../../training/feeds/batch-feeds.js'
import { dropoutFeeds } from '../../training/feeds/dropout.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import { crossEntropyObjective } from '../../plan/objective.js'
import { buildUnder, feedsUnder, imagesUnder, networkUnder, stepUnder } from '../components/settings/acts.js'
import type { Schedule } from '../components/schedules/schedule.js'
import { evaluateOn, type EvaluationScore } from '../../training/evaluation.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { trainOn } from '../step/feed.js'
import { loopStart, runLoop, type Loop, type LoopOutcome, type LoopState } from '../step/loop.js'
import { loopEvents } from '../step/loop-events.js'
import type { RetrainPlan } from '../settings/plan.js'
import { saidOperation } from '../settings/said-operation.js'
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
import type { ReadyNetwork } from './ready-network.js'
import { openUpdatePlan } from '../step/open-update-plan.js'

/** The network that is trained from scratch. `trains`: as it is while it is trained, with an auxiliary head where it has one. */
export function standaloneNetwork(
  { ir, plan, standaloneParams: params }: ResolvedSearch,
  retrain: RetrainPlan,
  architecture: Architecture,
  data: SessionData,
  trains: boolean,
): Network {
  const { settings } = retrain
  const network = buildNetwork(ir, plan.space, {
    params,
    binding: bindingOf(architecture),
    mode: 'standalone',
    ...dataShape(retrainedOn(data, retrain)),
    ...(trains && buildUnder(settings, saidOperation(ir, plan, params))),
  })
  return trains ? networkUnder(settings, network) : network
}

/** The training of one network that stands alone. */
export interface StandaloneTraining {
  readonly architecture: Architecture
  readonly plan: RetrainPlan
  readonly steps: StepCache
  /** Training images that it is trained on; absent: all. */
  readonly indices?: readonly number[] | undefined
  /** Root of its streams. */
  readonly random: Random
  /** Epochs that its weights were trained for before. */
  readonly since?: number
  /** Epochs after which it ends early; absent: it does not. */
  readonly until?: number
  events(learningRate: Schedule): Pick<Loop, 'progress' | 'endOfEpoch'>
  /** Told of steps per epoch and images per step, before the first. */
  begins?(steps: number, images: number): void
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
    steps: openStandalone(session.engine, session.random, stored),
    cost: costOf(standaloneNetwork(session.search, plan, architecture, session.data, false)),
  }
}

/** Steps over the weights of a network that stands alone. @param random root of its streams */
export function openStandalone(
  engine: Engine,
  random: Random,
  stored: ReadonlyMap<string, Float32Array> | undefined,
): StepCache {
  return openSteps(engine, { random: random.stream('initial/retrained'), stored })
}

type SaveLoop = (loop: LoopState, arrays: ReadonlyMap<string, Float32Array>) => void

/**
 * Trains the network from its beginning, or from where a checkpoint left it.
 * @param save writes a checkpoint
 */
export function retrain(
  session: Session,
  retraining: Retraining,
  start: LoopState,
  save: SaveLoop,
): Promise<LoopOutcome> {
  const { plan, architecture, steps, name } = retraining
  const training: StandaloneTraining = {
    ...{ architecture, plan, steps, random: session.random, indices: session.data.split['retrain'] },
    events: (learningRate) =>
      loopEvents(session, { phase: 'retrain', architecture: name }, (position) => ({
        figures: { 'learning_rate.weights': learningRate.at(position) },
      })),
    begins: (perEpoch, images) => recordStart(session, retraining, perEpoch, images),
  }
  return trainStandalone(session, training, start, save)
}

/** @param save writes a checkpoint */
export async function trainStandalone(
  session: Pick<Session, 'search' | 'data' | 'control'>,
  training: StandaloneTraining,
  start: LoopState,
  save: SaveLoop,
): Promise<LoopOutcome> {
  const { plan, architecture, steps, indices, random, since = 0, until } = training
  const { settings } = plan
  const { data } = session
  const batches = trainingBatches({
    ...imagesOf(retrainedOn(data, plan), 'train'),
    ...(indices !== undefined && { indices }),
    size: settings.batch,
    ...imagesUnder(settings, 'retrain: '),
    random: random.stream('data/retrain'),
  })
  const { update, learningRate } = openUpdatePlan(plan, 'weights', 'retrain')
  const size = batches.batch(0, 0).count
  const network = (): Network => standaloneNetwork(session.search, plan, architecture, data, true)
  const step = steps.prepare('train', network, {
    batch: size,
    mode: 'train',
    objective: crossEntropyObjective(session.search.minimised.smoothing ?? 0),
    ...stepUnder(settings)(),
    update,
  })
  const feeds = bindFeeds(step.inputs, [
    batchFeeds(batches),
    ...rateFeeds(learningRate),
    ...feedsUnder(settings, random),
    dropoutFeeds(step.drops, random.stream('dropout')),
  ])
  if (start.done === 0) training.begins?.(batches.steps, size)

  const loop: Loop = {
    epochs: settings.epochs,
    ...(until !== undefined && { until }),
    steps: batches.steps,
    images: size,
    step: (position) => ({ weights: trainOn(step, feeds, position, size, 'retrain') }),
    ...training.events(learningRate),
    save: (loopState) => save(loopState, steps.snapshot()),
  }
  const begun = start.done === 0 ? { ...loopStart, done: since * batches.steps } : start
  return runLoop(loop, begun, session.control)
}

function recordStart(session: Session, { plan, name, cost }: Retraining, steps: number, batch: number): void {
  const { data } = session
  session.record({
    type: 'phase-started',
    phase: 'retrain',
    architecture: name,
    epochs: plan.settings.epochs,
    steps,
    batch,
    images: { weights: data.split['retrain']?.length ?? data.dataset.train.count },
    parameters: cost.parameters,
    macs: cost.macs,
    convention: cost.convention,
  })
}

/** Accuracy on the test images, or on others, of the network with its own weights and running statistics. */
export function evaluateStandalone(
  search: ResolvedSearch,
  retrainPlan: RetrainPlan,
  architecture: Architecture,
  data: SessionData,
  steps: StepCache,
  images: BatchSource = testBatches(retrainedOn(data, retrainPlan)),
): Promise<EvaluationScore> {
  const { step, inputs } = openTrained(search, retrainPlan, architecture, data, steps)
  return evaluateOn(step, images, evaluationBatch, inputs)
}

/** The network that {@link evaluateStandalone} tests, ready to classify. */
export function openTrained(
  search: ResolvedSearch,
  retrainPlan: RetrainPlan,
  architecture: Architecture,
  data: SessionData,
  steps: StepCache,
): ReadyNetwork {
  const network = (): Network => standaloneNetwork(search, retrainPlan, architecture, data, false)
  return { network, step: steps.prepare('evaluate', network, { batch: evaluationBatch, mode: 'evaluate' }), inputs: {} }
}
