import { trainingBatches, type BatchSource } from '../../data/batches.js'
import { isOptimiserState } from '../../plan/updates.js'
import { batchFeeds } from '../../training/feeds/batch-feeds.js'
import { dropoutFeeds } from '../../training/feeds/dropout.js'
import { bindFeeds } from '../../training/feeds/feed.js'
import { rateFeeds } from '../../training/feeds/rate-feeds.js'
import { openSteps, type StepCache } from '../../training/steps.js'
import { stepsDone, type TrainingPosition } from '../../training/training-position.js'
import type { Probe } from '../components/scores/score.js'
import { trainOn } from '../step/feed.js'
import { loopEvents } from '../step/loop-events.js'
import { loopStart, runLoop, type Loop } from '../step/loop.js'
import { imagesOf, type Session } from '../step/session.js'
import { sharedNetwork } from '../step/shared-network.js'
import { initialSupernet } from '../step/supernet.js'
import type { Tally } from '../step/tally.js'
import type { Phase } from './phase.js'
import { keepWeights, loadWeights } from './weights-files.js'

const phase = 'probe'

/** Trains a classifier for all architectures behind the supernet, and keeps it with the supernet. */
export function probePhase(probe: Probe): Phase<true> {
  return {
    phase,
    async run({ session, save }, from) {
      const steps = openSteps(session.engine, {
        random: initialSupernet(session.random),
        stored: from?.arrays ?? trainedSupernet(session),
      })
      const start = from?.loop ?? loopStart
      const batches = imagesOfProbe(session, probe)
      if (start.done === 0) {
        session.record({ type: 'phase-started', phase, epochs: probe.epochs, steps: batches.steps })
      }
      const loop: Loop = {
        epochs: probe.epochs,
        steps: batches.steps,
        images: batches.batch(0, 0).count,
        step: (at) => ({ classifier: probeStep(session, probe, steps, batches, at) }),
        ...loopEvents(session, { phase }, (at) => ({
          figures: { 'learning_rate.classifier': probe.learningRate.at(at) },
        })),
        save: (state) => save(state, steps.snapshot()),
      }
      const { finished, epoch, step } = await runLoop(loop, start, session.control)
      if (!finished) return { kind: 'interrupted', epoch, step }
      keepWeights(session.directory, { of: 'supernet' }, steps.snapshot())
      steps.dispose()
      return { kind: 'done', result: true }
    },
  }
}

/** What optimisers of the search kept of its weights begins anew. */
function trainedSupernet({ directory }: Session): ReadonlyMap<string, Float32Array> {
  return new Map([...loadWeights(directory, { of: 'supernet' })].filter(([name]) => !isOptimiserState(name)))
}

function imagesOfProbe({ data, random }: Session, { batch, augmentations }: Probe): BatchSource {
  return trainingBatches({
    ...imagesOf(data, 'train'),
    indices: data.split['weights'] ?? [],
    size: batch,
    augmentations,
    random: random.stream('data/probe'),
  })
}

/** One step through one architecture, with the statistics of the batch. */
function probeStep(
  { search, data, random }: Session,
  probe: Probe,
  steps: StepCache,
  batches: BatchSource,
  at: TrainingPosition,
): Tally {
  const { relaxed, sampled } = search
  const drawn = probe.draw(sampled, random.stream('probe').stream(String(stepsDone(at))))
  const { key, binding } = sampled.path(phase, drawn)
  const batch = batches.batch(0, 0).count
  const step = steps.prepare(key, () => sharedNetwork(search, data, binding), {
    ...{ batch, mode: 'train', pass: phase, classifierOnly: true, weights: relaxed.weights },
    update: { variables: 'weights', optimiser: probe.optimiser },
  })
  const noise = random.stream('noise/probe')
  const feeds = bindFeeds(step.inputs, [
    batchFeeds(batches),
    ...rateFeeds(probe.learningRate),
    dropoutFeeds(step.drops, noise),
    ...relaxed.feeds(noise),
  ])
  return trainOn(step, feeds, at, batch, 'the classifier')
}
