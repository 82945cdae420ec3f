import { backends } from './backends.js'
import type { Bench } from './bench.js'
import { installTorch, measure, pythonWithTorch } from './process.js'
import type { BenchRow, Measurement } from './row.js'
import { median } from './statistics.js'

/** The supernet of the DARTS paper's search: 8 cells, 16 channels, 32x32x3, batch 16, all weights and all choices. */
export const dartsSupernet: Bench = {
  name: 'darts-supernet',
  describe: 'one forward and backward pass of the DARTS supernet, on wasm and native TensorFlow, against PyTorch eager',
  *run({ runs, threads }) {
    const python = pythonWithTorch()
    for (const count of threads) {
      const rival =
        python === undefined
          ? undefined
          : (measure(python, [
              'bench/rivals/darts_supernet.py',
              `--threads=${count}`,
              `--runs=${runs}`,
            ]) as RivalMeasurement)
      for (const backend of backends()) {
        const ours = measure(process.execPath, [
          'dist/bench/measure-darts-supernet.js',
          `--backend=${backend}`,
          `--threads=${count}`,
          `--runs=${runs}`,
        ]) as OurMeasurement
        yield rowOf(ours, rival, runs)
      }
    }
  },
}

function rowOf(ours: OurMeasurement, rival: RivalMeasurement | undefined, runs: number): BenchRow {
  const oursMs = median(ours.ms)
  const common = {
    name: 'darts-supernet',
    backend: ours.backend,
    threads: ours.threads,
    oursMs,
    oursCpuMs: median(ours.cpuMs),
    oursPeakBytes: ours.peakBytes,
    runs,
  }
  if (rival === undefined) {
    return { ...common, rival: null, rivalMs: null, ratio: null, rivalPeakBytes: null, install: installTorch }
  }
  if (rival.weights !== ours.weights || rival.choices !== ours.choices) {
    throw new Error(
      `not the same network: ${ours.weights} weights and ${ours.choices} choices here, ` +
        `${rival.weights} and ${rival.choices} in PyTorch`,
    )
  }
  const rivalMs = median(rival.ms)
  return {
    ...common,
    rival: `PyTorch ${rival.version} eager`,
    rivalMs,
    ratio: oursMs / rivalMs,
    rivalPeakBytes: rival.peakBytes,
  }
}

interface NetworkMeasurement extends Measurement {
  readonly weights: number
  readonly choices: number
}

export interface OurMeasurement extends NetworkMeasurement {
  /** Processor time of all threads. */
  readonly cpuMs: readonly number[]
  readonly backend: string
  readonly threads: number
  /** Milliseconds to build the network, the step and the executable. */
  readonly planMs: number
  /** Bytes of temporaries that the memory plan foresaw. */
  readonly plannedBytes: number
}

interface RivalMeasurement extends NetworkMeasurement {
  readonly version: string
}
