import type { Batch, BatchSource } from '../../data/batches.js'
import { stepsDone, type TrainingPosition } from '../training-position.js'
import type { FeedSource } from './feed.js'

/** The batch of a position: batches go on where the last epoch of these images ended, should their share be of another size. */
export function batchAt(batches: BatchSource, at: TrainingPosition): Batch {
  const index = stepsDone(at)
  return batches.batch(Math.floor(index / batches.steps), index % batches.steps)
}

/** `images` and `labels` of a batch. */
export function batchFeeds(batches: BatchSource): FeedSource {
  let last: { readonly index: number; readonly batch: Batch } | undefined
  const batch = (at: TrainingPosition): Batch => {
    const index = stepsDone(at)
    if (last?.index !== index) last = { index, batch: batchAt(batches, at) }
    return last.batch
  }
  return ({ name }) => {
    if (name === 'images') return { draw: (at) => batch(at).images }
    if (name === 'labels') return { draw: (at) => batch(at).labels }
    return undefined
  }
}
