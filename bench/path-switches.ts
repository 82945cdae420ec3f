import type { Bench } from './bench.js'
import { measure } from './process.js'
import { median } from './statistics.js'

/**
 * What it costs to go on with another sub-network of an elastic supernet, in processor time: its network built, lowered,
 * differentiated, optimised, its memory planned and its kernels bound, against one training step of it.
 */
export const pathSwitches: Bench = {
  name: 'path-switches',
  describe: 'planning sub-networks of AttentiveNAS that are new, against their training steps',
  *run({ runs, threads }) {
    for (const count of threads) {
      const [size, batch] = [192, 16]
      const found = measure(process.execPath, [
        'dist/bench/measure-path-switches.js',
        ...[`--size=${size}`, `--batch=${batch}`, `--threads=${count}`, `--runs=${runs}`],
      ]) as PathSwitchMeasurement
      yield {
        name: `planning a path of attentivenas, ${size} px, batch ${batch}`,
        ...{ backend: found.backend, threads: found.threads, runs },
        ...{ oursMs: median(found.planMs), oursCpuMs: median(found.planMs) },
        ...{ rival: 'its training step', rivalMs: median(found.stepMs) },
        ratio: median(found.planMs.map((plan, path) => plan / (found.stepMs[path] ?? NaN))),
        ...{ oursPeakBytes: found.peakBytes, rivalPeakBytes: null },
      }
    }
  },
}

export interface PathSwitchMeasurement {
  readonly backend: string
  readonly threads: number
  /** Processor time, one entry per sub-network. */
  readonly planMs: readonly number[]
  readonly stepMs: readonly number[]
  readonly peakBytes: number
}
