import { idleSetting } from './idle.js'
import { missingSetting } from './missing.js'
import { otherwise, type Circumstances, type Setting } from './setting.js'

/** How long is trained. A predictor where the search is silent: reconstructed for LA-DARTS (arXiv 2001.06392 was not read so far). */
export const epochs = {
  read: (read) => read.number('count', { least: 1, integer: true }),
  parts: {
    search: { said: ['search'], settle: epochsOfSearch },
    predictor: { said: ['train predictor'], settle: otherwise(100) },
    retrain: {
      said: ['retrain'],
      settle(said, { clause, trainsEach }) {
        const found = said ?? trainsEach
        if (found !== undefined) return found
        throw missingSetting('epochs', clause, 'Say how long the found network is trained: `retrain { epochs 600 }`.')
      },
    },
  },
} satisfies Setting<number>

/** What the sampler or the score says, where it says it, or the setting. */
function epochsOfSearch(
  said: number | undefined,
  { clause, trainsNothing, trainsEach, sampler, advice }: Circumstances,
): number {
  if (trainsNothing) return 0
  if (trainsEach !== undefined) {
    if (said === undefined) return trainsEach
    throw idleSetting(
      'epochs',
      clause,
      'the score says how long each architecture is trained, by a param that a scale or `--set` may set: `trained(epochs: budget)`.',
    )
  }
  if (sampler.epochs === undefined) {
    if (said !== undefined) return said
    throw missingSetting('epochs', clause, advice('epochs'))
  }
  if (said === undefined) return sampler.epochs
  throw idleSetting('epochs', clause, `\`sample ${sampler.name}\` says how long the search trains.`)
}
