import { missingSetting } from './missing.js'
import { otherwise, type Setting } from './setting.js'

/** Images per step; of a predictor, measurements (where the search is silent reconstructed, as its epochs are). */
export const batch = {
  read: (read) => read.number('count', { least: 1, integer: true }),
  parts: {
    search: {
      said: ['search'],
      settle(said, { clause, trainsNothing, advice }) {
        if (said !== undefined) return said
        if (trainsNothing) return 1
        throw missingSetting('batch', clause, advice('batch'))
      },
    },
    predictor: { said: ['train predictor'], settle: otherwise(64) },
    retrain: { said: ['retrain'], inherits: 'search' },
  },
} satisfies Setting<number>
