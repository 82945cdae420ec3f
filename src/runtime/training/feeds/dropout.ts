import type { Step } from '../../plan/step.js'
import type { Random } from '../../random/random.js'
import { stepsDone } from '../training-position.js'
import type { FeedSource } from './feed.js'
import { keepMask } from './keep-mask.js'

/**
 * One mask per layer that drops values (Srivastava et al., JMLR 2014), from a stream of its own in every step.
 * @param masks of the step
 */
export function dropoutFeeds(masks: Step['drops'], random: Random): FeedSource {
  const rates = new Map(masks.map(({ name, rate }) => [name, rate]))
  return ({ name, shape }) => {
    const rate = rates.get(name)
    if (rate === undefined) return undefined
    const size = shape.reduce((product, length) => product * length, 1)
    return { draw: (at) => keepMask(size, 1 - rate, random.stream(`${name}/${String(stepsDone(at))}`)) }
  }
}
