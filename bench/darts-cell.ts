import type { Bench } from './bench.js'
import type { OurMeasurement } from './darts-supernet.js'
import { measure } from './process.js'
import type { Measurement } from './row.js'
import { median } from './statistics.js'

/** One cell of DARTS, 4 channels, 14x14, batch 8, all weights and all choices, against TensorFlow.js and its tape. */
export const dartsCell: Bench = {
  name: 'darts-cell',
  describe: 'one forward and backward pass of one DARTS cell against naive TensorFlow.js (one thread)',
  *run({ runs }) {
    const ours = measure(process.execPath, [
      'dist/bench/measure-darts-supernet.js',
      ...['--file=bench/rivals/darts-cell.nas', '--space=darts_cell', '--size=14', '--batch=8', `--runs=${runs}`],
    ]) as OurMeasurement
    const rival = measure(process.execPath, ['dist/bench/rivals/naive-tfjs.js', `--runs=${runs}`]) as RivalMeasurement
    if (rival.weights !== ours.weights || rival.choices !== ours.choices) {
      throw new Error(
        `not the same network: ${ours.weights} weights and ${ours.choices} choices here, ` +
          `${rival.weights} and ${rival.choices} in TensorFlow.js`,
      )
    }
    const [oursMs, rivalMs] = [median(ours.ms), median(rival.ms)]
    yield {
      name: 'darts-cell',
      ...{ backend: ours.backend, threads: ours.threads, runs },
      ...{ oursMs, rivalMs, ratio: oursMs / rivalMs, oursCpuMs: median(ours.cpuMs) },
      rival: `TensorFlow.js ${rival.version}, tape, plain JavaScript`,
      ...{ oursPeakBytes: ours.peakBytes, rivalPeakBytes: rival.peakBytes },
    }
  },
}

export interface RivalMeasurement extends Measurement {
  readonly cpuMs: readonly number[]
  readonly weights: number
  readonly choices: number
  readonly version: string
}
