import type { Bench, BenchOptions } from './bench.js'
import { measure } from './process.js'
import type { BenchRow } from './row.js'
import { median } from './statistics.js'

/**
 * What it costs to plan: lowering, gradients, passes, memory plan, division between threads and kernels bound, up to the
 * first run. Cold is the first plan of a process, a process per run; again is a plan of another binding of the same space,
 * with its network built, in a process that has planned others before.
 */
export const plan: Bench = {
  name: 'plan',
  describe: 'planning the DARTS supernet cold, and steps of bindings of EnTranNAS that are new',
  *run({ runs, threads }) {
    for (const count of threads) {
      const cold = Array.from({ length: runs }, () => planned(count, 'darts', 1))
      yield rowOf('plan: the DARTS supernet, cold', cold, runs)
      yield rowOf('plan: another binding of EnTranNAS', [planned(count, 'entrannas', runs)], runs)
    }
  },
}

export interface PlanMeasurement {
  readonly backend: string
  readonly threads: number
  /** One entry per plan. */
  readonly ms: readonly number[]
  /** Processor time of all threads, those of the compiler of JavaScript among them. */
  readonly cpuMs: readonly number[]
  readonly operations: readonly number[]
  readonly peakBytes: number
}

function planned(threads: BenchOptions['threads'][number], of: 'darts' | 'entrannas', runs: number): PlanMeasurement {
  return measure(process.execPath, [
    'dist/bench/measure-plan.js',
    ...[`--of=${of}`, `--threads=${threads}`, `--runs=${runs}`],
  ]) as PlanMeasurement
}

function rowOf(name: string, found: readonly PlanMeasurement[], runs: number): BenchRow {
  const [first] = found
  if (first === undefined) throw new Error('nothing was planned')
  const oursCpuMs = median(found.flatMap(({ cpuMs }) => cpuMs))
  return {
    name,
    ...{ backend: first.backend, threads: first.threads, runs },
    ...{ oursMs: median(found.flatMap(({ ms }) => ms)), oursCpuMs, planMs: oursCpuMs },
    ...{ rival: null, rivalMs: null, ratio: null, rivalPeakBytes: null },
    oursPeakBytes: Math.max(...found.map(({ peakBytes }) => peakBytes)),
    operations: Math.round(median(found.flatMap(({ operations }) => operations))),
  }
}
