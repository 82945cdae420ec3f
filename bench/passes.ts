import { backends } from './backends.js'
import type { Bench } from './bench.js'
import { measure } from './process.js'
import { median } from './statistics.js'

/**
 * What the optimiser gains: each row against the same step with every pass off. "Off" is the plain plan: every edge computes
 * its own alternatives, differentiation emits gradients only where they are wanted, and the memory plan (which is no pass)
 * still frees buffers after their last use and works in place.
 */
export const passes: Bench = {
  name: 'passes',
  describe: 'a step with every pass off, all on, and each one off: training the DARTS supernet, evaluating DARTS_V1',
  *run({ runs, threads }) {
    const cases = backends().flatMap((name) => ['training', 'evaluation'].map((step) => ({ name, step })))
    for (const count of threads) {
      for (const { name, step } of cases) {
        const { backend, threads, variants } = measure(process.execPath, [
          'dist/bench/measure-passes.js',
          ...[`--backend=${name}`, `--step=${step}`, `--threads=${count}`, `--runs=${runs}`],
        ]) as PassMeasurement
        const [none] = variants
        if (none === undefined) throw new Error('nothing was measured')
        for (const variant of variants) {
          const [oursMs, rivalMs] = [median(variant.ms), median(none.ms)]
          yield {
            name: `passes, ${step}: ${variant.name}`,
            ...{ backend, threads, runs, oursMs, rivalMs },
            rival: 'every pass off',
            // Of processor time: what else the machine did does not count.
            ratio: median(variant.cpuMs) / median(none.cpuMs),
            oursPeakBytes: variant.plannedBytes,
            rivalPeakBytes: none.plannedBytes,
            oursCpuMs: median(variant.cpuMs),
            planMs: variant.planMs,
            operations: variant.operations,
          }
        }
      }
    }
  },
}

export interface PassMeasurement {
  readonly backend: string
  readonly threads: number
  readonly variants: readonly {
    readonly name: string
    readonly ms: readonly number[]
    readonly cpuMs: readonly number[]
    /** Processor time to plan and prepare the step. */
    readonly planMs: number
    readonly plannedBytes: number
    readonly operations: number
  }[]
}
