import type { Bench } from './bench.js'
import { measure } from './process.js'
import { median, type Measurement } from './row.js'

/**
 * The supernets of the spaces, as their searches bind them. Images are those of CIFAR; spaces for ImageNet get images of 64
 * pixels in batches of 4, so that a step takes seconds and not minutes. NAS-Bench-101 is left out: its supernet, every graph
 * at once, takes minutes to plan.
 */
const spaces = [
  { file: 'darts', space: 'darts', size: 32, batch: 16 },
  { file: 'pc-darts', space: 'pc_darts', size: 32, batch: 16 },
  { file: 'nas-bench-201', space: 'nas_bench_201', size: 32, batch: 16 },
  { file: 'darts-imagenet', space: 'darts_imagenet', size: 64, batch: 4 },
  { file: 'fbnetv2', space: 'fbnetv2', size: 64, batch: 4 },
  { file: 'attentivenas', space: 'attentivenas', size: 64, batch: 4 },
  { file: 'ofa-mobilenetv3', space: 'ofa_mobilenetv3', size: 64, batch: 4 },
  { file: 'spos', space: 'spos', size: 64, batch: 4 },
  { file: 'pi-nas', space: 'pi_nas', size: 64, batch: 4 },
] as const

export const supernets: Bench = {
  name: 'supernets',
  describe: 'a weights step and a choices step of the supernet of every space',
  *run({ runs, threads }) {
    for (const count of threads) {
      for (const { file, space, size, batch } of spaces) {
        for (const train of ['weights', 'choices']) {
          const found = measure(process.execPath, [
            'dist/bench/measure-supernet.js',
            ...[`--file=spaces/${file}.nas`, `--space=${space}`, `--size=${size}`, `--batch=${batch}`],
            ...[`--train=${train}`, `--threads=${count}`, `--runs=${runs}`],
          ]) as SupernetMeasurement
          if ('refused' in found) {
            console.error(`${space}, ${train}: not measured: ${found.refused}`)
            continue
          }
          yield {
            name: `${space}, ${train}, ${size} px, batch ${batch}`,
            ...{ backend: found.backend, threads: found.threads, runs },
            ...{ oursMs: median(found.ms), oursCpuMs: median(found.cpuMs), planMs: found.planMs },
            ...{ oursPeakBytes: found.peakBytes, operations: found.operations },
            ...{ rival: null, rivalMs: null, ratio: null, rivalPeakBytes: null },
          }
        }
      }
    }
  },
}

export type SupernetMeasurement =
  | (Measurement & {
      readonly backend: string
      readonly threads: number
      readonly cpuMs: readonly number[]
      readonly planMs: number
      readonly operations: number
    })
  /** Why there is nothing to measure. */
  | { readonly refused: string }
