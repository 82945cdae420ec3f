import type { JournalEvent, PhaseProgress } from '../../src/runtime/run/events.js'
import type { NewRun } from '../../src/runtime/run/run-directory.js'
import { irFormat } from '../../src/ir/model/ir.js'

export const irHash = `sha256:${'ab'.repeat(32)}`

export const newRun: NewRun = {
  irText: JSON.stringify({ format: irFormat, hash: irHash }),
  split: { weights: [3, 1], choices: [0, 2] },
  record: {
    source: 'darts.nas',
    irHash,
    space: 'darts',
    search: 'first_order',
    scale: 'quick',
    settings: { epochs: 2, batch: 64, optimiser: { weights: 'sgd' } },
    options: { set: { cells: 3 } },
    seed: 7,
    backend: 'wasm',
    threads: 2,
    versions: { nasc: '0.1.0', node: '20.20.2' },
    data: {
      name: 'mnist',
      checksums: { 'train-labels-idx1-ubyte': `sha256:${'cd'.repeat(32)}` },
      height: 28,
      width: 28,
      channels: 1,
      classes: 10,
      trainingImages: 60_000,
      testImages: 10_000,
      normalisation: { mean: [0.13], deviation: [0.31] },
    },
    created: '2026-01-02T03:04:05.000Z',
  },
}

export function progress(step: number): PhaseProgress {
  return {
    type: 'phase-progress',
    phase: 'search',
    epoch: 0,
    epochs: 1,
    step,
    steps: 10,
    scores: {
      'loss.weights': 2 / step,
      'accuracy.weights': 0.1 * step,
      'loss.choices': 2.1 / step,
      'accuracy.choices': 0.09 * step,
    },
    figures: { 'learning_rate.weights': 0.025, 'entropy.through': 2.08 },
    imagesPerSecond: 100 + step,
  }
}

export function resumed(after: number): JournalEvent {
  return { type: 'run-resumed', after, backend: 'wasm' }
}
