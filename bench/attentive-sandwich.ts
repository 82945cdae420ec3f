import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Bench } from './bench.js'
import { installTorch, measure, pythonWithTorch, root } from './process.js'
import type { Measurement } from './row.js'
import { median } from './statistics.js'

/**
 * Steps of the supernet of AttentiveNAS at full width, 64x64x3, batch 32 (that of a GPU in the paper): the largest network on labels,
 * two that are drawn and the smallest one on what it says, one update. Both sides train the same networks. What is compared is
 * processor time of one thread, with and without the planning of the two networks that are new in a step.
 */
export const attentiveSandwich: Bench = {
  name: 'attentive-sandwich',
  describe:
    'a step of the sandwich rule over the supernet of AttentiveNAS against PyTorch eager (processor time, one thread)',
  *run({ runs }) {
    const folder = join(root, '.bench')
    mkdirSync(folder, { recursive: true })
    const common = ['--threads=1', `--runs=${runs}`, `--networks=${join(folder, 'attentive-sandwich.json')}`]
    const ours = measure(process.execPath, [
      'dist/bench/measure-attentive-sandwich.js',
      ...common,
    ]) as SandwichMeasurement
    const rival = rivalOf(ours, common)
    for (const [networks, cpuMs] of [
      ['new in the step', ours.cpuMs],
      ['known', ours.knownCpuMs],
    ] as const) {
      const oursMs = median(cpuMs)
      yield {
        ...{ name: `attentive-sandwich, networks ${networks}`, backend: ours.backend, threads: ours.threads, runs },
        ...{ oursMs, oursCpuMs: oursMs, oursPeakBytes: ours.peakBytes, plannedBytes: ours.plannedBytes },
        ...besideRival(oursMs, rival),
      }
    }
  },
}

/** @throws Error where it is another network */
function rivalOf(ours: SandwichMeasurement, common: readonly string[]): RivalMeasurement | undefined {
  const python = pythonWithTorch()
  if (python === undefined) return undefined
  const sizes = [`--batch=${ours.batch}`, `--size=${ours.size}`, `--classes=${ours.classes}`]
  const rival = measure(python, ['bench/rivals/attentive_sandwich.py', ...common, ...sizes]) as RivalMeasurement
  if (rival.weights !== ours.weights) {
    throw new Error(`not the same network: ${ours.weights} weights here, ${rival.weights} in PyTorch`)
  }
  return rival
}

function besideRival(oursMs: number, rival: RivalMeasurement | undefined) {
  if (rival === undefined)
    return { rival: null, rivalMs: null, ratio: null, rivalPeakBytes: null, install: installTorch }
  const rivalMs = median(rival.cpuMs)
  return {
    ...{ rival: `PyTorch ${rival.version} eager`, rivalMs, ratio: oursMs / rivalMs },
    rivalPeakBytes: rival.peakBytes,
  }
}

export interface SandwichMeasurement extends Measurement {
  /** Of steps whose networks are planned in them. */
  readonly cpuMs: readonly number[]
  /** Of the same steps, once more. */
  readonly knownCpuMs: readonly number[]
  readonly backend: string
  readonly threads: number
  /** Of the largest network. */
  readonly weights: number
  /** Temporaries at the peak, as planned. */
  readonly plannedBytes: number
  readonly batch: number
  /** Side of the images. */
  readonly size: number
  readonly classes: number
}

interface RivalMeasurement extends Measurement {
  readonly cpuMs: readonly number[]
  readonly weights: number
  readonly version: string
}
