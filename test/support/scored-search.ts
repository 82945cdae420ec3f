import { createRandom } from '../../src/runtime/random/random.js'
import { openEngine } from '../../src/runtime/backend/choose.js'
import { openDataset } from '../../src/runtime/data/dataset.js'
import type { ImageSet } from '../../src/runtime/data/image-set.js'
import { createRun } from '../../src/runtime/run/run-directory.js'
import { openSession } from '../../src/runtime/search/run/open-session.js'
import { resolveSearch } from '../../src/runtime/search/run/resolve-search.js'
import { splitData } from '../../src/runtime/search/run/split-data.js'
import { newRun } from './sample-run.js'
import { compiledText } from './programs.js'

/** A search of a small chain of layers whose result is read off by `derivation`, on the tiny data. */
export const scoredSearch = (derivation: string, more = 'validate on 25%'): string => `
import { conv, global_pool, identity, linear } from std:nn
import std:search
space chain {
  input image(8, 1); classes 3
  network {
    stem conv(4)
    stage a { width 4; depth 3; layer one of { conv(channels, 1), conv(channels, 3), conv(channels, 5), identity } }
    head global_pool -> linear(classes)
  }
  require macs >= 2k
}
search scored of chain {
  relax    all by softmax
  minimise cross_entropy
  train weights on 50% { sgd(lr: 0.05, momentum: 0.9) }
  train choices on 25% { adam(lr: 0.01) }
  ${more}
  derive   ${derivation}
  calibrate 2
  scale tiny { epochs 1, batch 8 }
}`

export const compileScored = (derivation: string, more?: string) => compiledText(scoredSearch(derivation, more))

/** A session of that search on the reference engine, whose test images are what `guard` makes of them. */
export async function scoredSession(
  derivation: string,
  data: string,
  out: string,
  guard: (test: ImageSet) => ImageSet,
) {
  const search = resolveSearch(compileScored(derivation), { scale: 'tiny' })
  const dataset = await openDataset(data)
  const split = splitData({ ...dataset, test: guard(dataset.test) }, search.plan, createRandom(newRun.record.seed))
  const directory = createRun({ ...newRun, out, split: split.split })
  const engine = await openEngine({ backend: 'cpu' })
  return openSession({ search, directory, data: split, engine, secondsBefore: 0, options: {} })
}

/** A search of the same chain that reads its result off the choices and trains it from scratch, in four steps each. */
export const retrainedSearch = scoredSearch('argmax', 'retrain { lr 0.05, epochs 1, batch 16 }')

export const compileRetrained = () => compiledText(retrainedSearch)

/** Two runs of it, each over in a moment. */
export const seriesOptions = { scale: 'tiny', backend: 'cpu', seed: 3, seeds: 2, checkpointEvery: 1000 } as const

/** The same chain with all images for the weights: none is left that could judge. */
export const compileScoredOnWeights = () =>
  compiledText(
    scoredSearch('argmax', '')
      .replace('train weights on 50%', 'train weights')
      .replace('train choices on 25%', 'train choices'),
  )
