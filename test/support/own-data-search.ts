import { buildKernels } from '../../scripts/build-kernels.mjs'
import { run, type RunOptions, type RunOutcome } from '../../src/runtime/index.js'
import { compiledText } from './programs.js'

/** A search of seconds, over images of 12 x 12 in colour. */
export const ownDataIr = compiledText(`
import { conv, global_pool, identity, linear } from std:nn
import std:search

space small {
  input   image(12, 3)
  classes 10
  network {
    stem conv(4, 3, stride: 2)
    stage body { width 4; depth 1; layer one of { conv(channels, 1), conv(channels, 3), identity } }
    head global_pool -> linear(classes)
  }
}

search alone of small {
  relax layer by softmax
  minimise cross_entropy
  train weights { sgd(lr: 0.1, momentum: 0.9) }
  train choices { adam(lr: 0.01) }
  derive argmax
  augment flip
  batch 4
  epochs 1
  examples 50
  retrain { epochs 2 }
}
`)

/** On the backend that is always there. */
export async function runOnOwnData(data: string, out: string, more: Partial<RunOptions> = {}): Promise<RunOutcome> {
  await buildKernels()
  return run(ownDataIr, { backend: 'wasm', threads: 1, data, out, seed: 3, checkpointEvery: 1000, ...more })
}
