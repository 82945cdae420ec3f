import { stepsDone, type TrainingPosition } from '../training-position.js'
import { namedFeed, type FeedSource } from './feed.js'

/** What optimisers read: `learningRate`, and the number of the `step` from 1. */
export function rateFeeds(learningRate: { at(position: TrainingPosition): number }): readonly FeedSource[] {
  return [namedFeed('learningRate', (at) => learningRate.at(at)), namedFeed('step', (at) => stepsDone(at) + 1)]
}
