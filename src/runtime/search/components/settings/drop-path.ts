import { dropPathFeeds } from '../../../training/feeds/drop-path.js'
import type { Span } from '../component-use.js'
import { dropRates } from './drop-rates.js'
import { otherwise, type Setting } from './setting.js'

/** Probability that an edge is dropped, at the start and at the end of the training. */
export const dropPath = {
  read: (read) => read.span('probability', dropRates),
  parts: { retrain: { said: ['retrain'], settle: otherwise<Span>({ from: 0, to: 0 }) } },
  step:
    ({ from, to }) =>
    () => ({ dropPath: from > 0 || to > 0 }),
  feeds: (span, random) => dropPathFeeds(span, random.stream('drop-path')),
} satisfies Setting<Span>
