import type { Bench } from './bench.js'
import { measure } from './process.js'
import { median } from './statistics.js'

/**
 * The supernets of the spaces, as their searches bind them. Images are those of CIFAR; spaces for ImageNet get images of 64
 * pixels in batches of 4, so that a step takes seconds and not minutes. Two stand apart: the search of EnTranNAS binds the
 * network of DARTS cell by cell, and that of NAS-Bench-101 trains one path at a time, whose place an architecture takes
 * (every graph of that space at once is no network to train). LA-DARTS and TopoNAS search the network of DARTS.
 */
const spaces = [
  { file: 'darts', space: 'darts', bind: 'supernet', size: 32, batch: 16 },
  { file: 'darts', space: 'darts', bind: 'engine', size: 32, batch: 16 },
  { file: 'pc-darts', space: 'pc_darts', bind: 'supernet', size: 32, batch: 16 },
  { file: 'nas-bench-201', space: 'nas_bench_201', bind: 'supernet', size: 32, batch: 16 },
  { file: 'nas-bench-101', space: 'nas_bench_101', bind: 'inception_like', size: 32, batch: 2 },
  { file: 'darts-imagenet', space: 'darts_imagenet', bind: 'supernet', size: 64, batch: 4 },
  { file: 'fbnetv2', space: 'fbnetv2', bind: 'supernet', size: 64, batch: 4 },
  { file: 'attentivenas', space: 'attentivenas', bind: 'supernet', size: 64, batch: 4 },
  { file: 'ofa-mobilenetv3', space: 'ofa_mobilenetv3', bind: 'supernet', size: 64, batch: 4 },
  { file: 'spos', space: 'spos', bind: 'supernet', size: 64, batch: 4 },
  { file: 'pi-nas', space: 'pi_nas', bind: 'supernet', size: 64, batch: 4 },
] as const

export const supernets: Bench = {
  name: 'supernets',
  describe: 'a weights step and a choices step of the supernet of every space',
  *run({ runs, threads }) {
    for (const count of threads) {
      for (const { file, space, bind, size, batch } of spaces) {
        const found = measure(process.execPath, [
          'dist/bench/measure-supernet.js',
          ...[`--file=spaces/${file}.nas`, `--space=${space}`, `--bind=${bind}`, `--size=${size}`, `--batch=${batch}`],
          ...[`--threads=${count}`, `--runs=${runs}`, ...(bind === 'engine' ? ['--share'] : [])],
        ]) as SupernetMeasurement
        const name = `${space}${bind === 'supernet' ? '' : `, ${bind}`}`
        for (const refused of found.refused) console.error(`${name}: not measured: ${refused}`)
        for (const step of found.steps) {
          yield {
            name: `${name}, ${step.train}, ${size} px, batch ${batch}`,
            ...{ backend: found.backend, threads: found.threads, runs },
            ...{ oursMs: median(step.ms), oursCpuMs: median(step.cpuMs), planMs: step.planMs },
            ...{ oursPeakBytes: step.peakBytes, plannedBytes: step.plannedBytes, operations: step.operations },
            ...{ rival: null, rivalMs: null, ratio: null, rivalPeakBytes: null },
          }
        }
      }
    }
  },
}

export interface SupernetMeasurement {
  readonly backend: string
  readonly threads: number
  readonly steps: readonly {
    readonly train: 'weights' | 'choices'
    readonly ms: readonly number[]
    readonly cpuMs: readonly number[]
    /** Processor time of all that comes before the first run of the step, first values of weights among it. */
    readonly planMs: number
    /** Temporaries at the peak, as planned. */
    readonly plannedBytes: number
    /** What the forward pass leaves for the backward pass. */
    readonly savedBytes: number
    /** Of the process so far. */
    readonly peakBytes: number
    readonly operations: number
  }[]
  /** Why a step was not measured. */
  readonly refused: readonly string[]
}
