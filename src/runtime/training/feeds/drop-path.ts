import { dropPathName } from '../../plan/lower-network.js'
import type { Random } from '../../random/random.js'
import { stepsDone, type TrainingPosition } from '../training-position.js'
import type { FeedSource } from './feed.js'
import { keepMask, wordsPerDraw } from './keep-mask.js'

/** Probability that an edge is dropped, at the start and at the end of a training. */
export interface DropPathSpan {
  readonly from: number
  readonly to: number
}

/** It grows along a straight line over the epochs, as in the code of DARTS. */
export function dropProbability({ from, to }: DropPathSpan, { epoch, epochs }: TrainingPosition): number {
  return from + ((to - from) * epoch) / epochs
}

/**
 * One mask per droppable edge: an image's edge is kept with probability 1 - p and then divided by it, so that its mean
 * stays (Larsson et al., FractalNet, ICLR 2017, as DARTS uses it).
 * @param random a stream of the training; every step has one of its own beneath it
 */
export function dropPathFeeds(span: DropPathSpan, random: Random): FeedSource {
  const isMask = (name: string): boolean => name.startsWith(dropPathName(''))
  return ({ name, shape: [batch = 0] }, inputs) => {
    if (!isMask(name)) return undefined
    const place = inputs.filter((each) => isMask(each.name)).findIndex((each) => each.name === name)
    return {
      draw(at) {
        const draws = random.stream(String(stepsDone(at))).at(place * batch * wordsPerDraw)
        return keepMask(batch, 1 - dropProbability(span, at), draws)
      },
    }
  }
}
