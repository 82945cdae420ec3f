import type { Bench } from './bench.js'
import { measure } from './process.js'
import type { Measurement } from './row.js'
import { median } from './statistics.js'

/** What `run --scale quick` retrains: DARTS_V1 of 3 cells and 8 channels on 28x28x1, batch 64, with the update of SGD. */
export const dartsRetraining: Bench = {
  name: 'darts-retraining',
  describe: 'one step of the retraining of the quick scale, on each number of threads',
  *run({ runs, threads }) {
    for (const count of threads) {
      const ours = measure(process.execPath, [
        'dist/bench/measure-darts-retraining.js',
        `--threads=${count}`,
        `--runs=${runs}`,
      ]) as RetrainingMeasurement
      yield {
        name: 'darts-retraining',
        backend: ours.backend,
        threads: ours.threads,
        oursMs: median(ours.ms),
        oursCpuMs: median(ours.cpuMs),
        oursPeakBytes: ours.peakBytes,
        rival: null,
        rivalMs: null,
        ratio: null,
        rivalPeakBytes: null,
        runs,
      }
    }
  },
}

export interface RetrainingMeasurement extends Measurement {
  readonly backend: string
  readonly threads: number
  /** Processor time of all threads. */
  readonly cpuMs: readonly number[]
}
