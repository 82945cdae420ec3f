import { Failure } from '../../../catalogue/failure.js'
import { figureName } from '../../plan/step.js'
import type { BoundFeeds } from '../../training/feeds/feed.js'
import { runStep, type PreparedStep } from '../../training/steps.js'
import { stepsDone, type TrainingPosition } from '../../training/training-position.js'
import type { Tally } from './tally.js'

/**
 * Runs one training step.
 * @param images of the batch
 * @param what trains, for messages
 * @throws Failure NAS7520 if the loss is no finite number
 */
export function trainOn(
  prepared: PreparedStep,
  feeds: BoundFeeds,
  at: TrainingPosition,
  images: number,
  what: string,
): Tally {
  runStep(prepared, feeds.draw(at))
  const loss = prepared.executable.read('loss')[0] ?? NaN
  const hits = prepared.executable.read('correct')[0] ?? 0
  if (!Number.isFinite(loss)) throw new Failure('diverged', { what, loss, step: stepsDone(at) + 1 })
  const figures = prepared.figures.map((name) => {
    const value = prepared.executable.read(figureName(name))[0] ?? NaN
    return [name, { sum: value * images, images }] as const
  })
  return { loss: loss * images, hits, images, figures: Object.fromEntries(figures) }
}
