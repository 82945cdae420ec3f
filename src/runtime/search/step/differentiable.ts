import type { Network } from '../../../space/network/network.js'
import { costOf } from '../../../space/cost/index.js'
import type { Figures } from '../../run/events.js'
import { trainingBatches, type BatchSource } from '../../data/batches.js'
import type { StepSpec } from '../../plan/step.js'
import { openSteps, type PreparedStep, type StepCache } from '../../training/steps.js'
import { openAugmentations } from '../components/augmentations/index.js'
import { openObjective } from '../components/objectives/index.js'
import { openOptimiser } from '../components/optimisers/index.js'
import type { Optimiser } from '../components/optimisers/optimiser.js'
import { stepsDone } from '../../training/training-position.js'
import { batchAt, batchFeeds } from '../../training/feeds/batch-feeds.js'
import { dropoutFeeds } from '../../training/feeds/dropout.js'
import { bindFeeds, namedFeed, type BoundFeeds } from '../../training/feeds/feed.js'
import type { TrainingPosition } from '../../training/training-position.js'
import { trainOn } from './feed.js'
import { runLoop, type Loop, type LoopOutcome, type LoopState } from './loop.js'
import type { TrainPlan } from '../settings/plan.js'
import { entropyByKind, readProbabilities, type Probabilities } from './probabilities.js'
import type { RelaxedSpace } from './relaxed.js'
import type { Session } from './session.js'
import { scoresOf } from './tally.js'

/** The supernet of a session with the steps that train it. */
export interface Supernet {
  readonly space: RelaxedSpace
  readonly steps: StepCache
  readonly network: Network
}

/** @param stored variables from a checkpoint */
export function openSupernet(session: Session, stored?: ReadonlyMap<string, Float32Array>): Supernet {
  const { search, engine, random } = session
  return {
    space: search.relaxed,
    network: session.supernet(),
    steps: openSteps(engine, {
      random: random.stream('initial/supernet'),
      deviation: search.plan.choices?.deviation ?? 0,
      stored,
    }),
  }
}

/** One set of variables of the supernet and how it is trained. */
interface VariableUpdate {
  readonly name: 'weights' | 'choices'
  readonly step: PreparedStep
  readonly feeds: BoundFeeds
  readonly batches: BatchSource
  readonly optimiser: Optimiser
}

/**
 * Differentiable search, first order and bi-level (Liu et al., DARTS, algorithm 1 with xi = 0): in every step the choices
 * move along the gradient of the loss on a held-out batch at the weights as they are, then the weights along the one on
 * a training batch. Both passes use statistics of their batch.
 *
 * @param start the beginning, or where a checkpoint left it
 * @param save writes a checkpoint
 */
export async function searchDifferentiably(
  session: Session,
  supernet: Supernet,
  start: LoopState,
  save: (loop: LoopState, arrays: ReadonlyMap<string, Float32Array>) => void,
): Promise<LoopOutcome> {
  const { control, search } = session
  const { plan } = search
  const weights = openUpdate(session, supernet, 'weights', plan.weights)
  const choices = plan.choices && openUpdate(session, supernet, 'choices', plan.choices)
  const updates = choices === undefined ? [weights] : [choices, weights]

  const figures = (position: TrainingPosition, probabilities: Probabilities): Figures => ({
    'learning_rate.weights': weights.optimiser.learningRate.at(position),
    ...entropyByKind(supernet.space, probabilities),
  })
  if (start.done === 0) recordStart(session, updates)

  const loop: Loop = {
    epochs: plan.epochs,
    steps: weights.batches.steps,
    images: updates.reduce((sum, { batches }) => sum + batches.batch(0, 0).count, 0),
    step(position) {
      const seen = updates.map(({ name, step, feeds, batches }) => {
        const images = batchAt(batches, position).count
        return [name, trainOn(step, feeds, position, images, `train ${name}`)] as const
      })
      // What trains the weights is told first.
      return Object.fromEntries(seen.toReversed())
    },
    progress(position, tallies, throughput) {
      const probabilities = readProbabilities(supernet.space, session.engine.variables, position)
      session.record({
        type: 'phase-progress',
        phase: 'search',
        epoch: position.epoch,
        epochs: position.epochs,
        step: position.step + 1,
        steps: position.steps,
        scores: scoresOf(tallies),
        figures: figures(position, probabilities),
        ...throughput,
      })
    },
    endOfEpoch(position, tallies, throughput) {
      const probabilities = readProbabilities(supernet.space, session.engine.variables, position)
      session.record({
        type: 'phase-epoch',
        phase: 'search',
        epoch: position.epoch,
        epochs: position.epochs,
        scores: scoresOf(tallies),
        figures: figures(position, probabilities),
        probabilities,
        imagesPerSecond: throughput.imagesPerSecond,
      })
    },
    save: (state) => save(state, supernet.steps.snapshot()),
  }
  return runLoop(loop, start, control)
}

function openUpdate(
  session: Session,
  supernet: Supernet,
  name: VariableUpdate['name'],
  train: TrainPlan,
): VariableUpdate {
  const { search, data, random } = session
  const { plan } = search
  const batches = trainingBatches({
    set: data.dataset.train,
    shape: data.dataset,
    normalisation: data.normalisation,
    indices: data.split[name] ?? [],
    size: plan.batch,
    augmentation: openAugmentations(plan.augment, plan.cutout, 'augment'),
    random: random.stream(`data/${name}`),
  })
  const optimiser = openOptimiser(train.optimiser, `train ${name}`)
  const spec: StepSpec = {
    batch: batches.batch(0, 0).count,
    mode: 'train',
    objective: openObjective(plan.minimise, 'minimise').emission,
    weights: supernet.space.weights,
    update: {
      variables: name,
      optimiser: optimiser.spec,
      ...(train.clip !== undefined && { clip: train.clip }),
    },
  }
  const step = supernet.steps.prepare('supernet', () => supernet.network, spec)
  const noise = random.stream(`noise/${name}`)
  const feeds = bindFeeds(step.inputs, [
    batchFeeds(batches),
    namedFeed('learningRate', (at) => optimiser.learningRate.at(at)),
    namedFeed('step', (at) => stepsDone(at) + 1),
    dropoutFeeds(step.drops, noise),
    ...supernet.space.feeds(noise),
  ])
  return { name, step, feeds, batches, optimiser }
}

function recordStart(session: Session, updates: readonly VariableUpdate[]): void {
  const { search, data } = session
  const { parameters, macs, convention } = costOf(session.supernet())
  const weights = updates.find(({ name }) => name === 'weights')
  session.record({
    type: 'phase-started',
    phase: 'search',
    epochs: search.plan.epochs,
    steps: weights?.batches.steps ?? 0,
    batch: weights?.batches.batch(0, 0).count ?? 0,
    images: Object.fromEntries(updates.map(({ name }) => [name, data.split[name]?.length ?? 0] as const).toReversed()),
    parameters,
    macs,
    convention,
  })
}
