import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { measure, root } from '../../process.js'
import { mean, median } from '../../statistics.js'
import type { SupernetMeasurement } from '../../supernets.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'

/** As `bench/measure-supernet.ts` binds the supernet of DARTS: 8 cells, 16 channels, images of 32 pixels, batches of 16. */
const configurations = [
  { label: 'features shared, every cell an engine', args: ['--share'] },
  { label: 'engines {5, 7}, nothing shared', args: ['--bind=engine', '--engines=5,7'] },
  { label: 'engines {0, 2}, features shared', args: ['--bind=engine', '--engines=0,2', '--share'] },
  { label: 'engines {5, 7}, features shared', args: ['--bind=engine', '--engines=5,7', '--share'] },
] as const

/** Yang et al., EnTranNAS, CVPR 2021: a search in 0.06 GPU-days where DARTS takes 0.4, and much less memory. */
export const cost: Claim = {
  paper: 'entrannas',
  name: 'cost',
  says:
    'Beside DARTS in the same engine: what is held for the backward pass at most 0.13, a step of the weights at most 0.18, ' +
    'a whole search with its planning at most 0.20',
  setting:
    'One thread, processor time. Medians of 5 steps of 16 random images at 8 cells and 16 channels; memory is what the forward pass ' +
    'leaves for the backward pass. Whole searches: `bench/claims/entrannas/cost.nas`, 8 cells, 16 channels, 36 steps of 16 images.',
  measure(options) {
    const darts = stepOf([])
    const rows = configurations.flatMap(({ label, args }): MeasuredRow[] => {
      const step = stepOf(args)
      options.progress(`${label}: ${String(step.bytes / darts.bytes)} of the memory`)
      return [
        { label: `${label}: memory`, unit: 'ratio', values: [step.bytes / darts.bytes] },
        { label: `${label}: step`, unit: 'ratio', values: [step.ms / darts.ms] },
      ]
    })
    const [memory, step] = rows.slice(-2).map(({ values }) => mean(values))
    const whole = searches(options)
    return Promise.resolve({
      rows: [...rows, { label: 'whole search', unit: 'ratio', values: whole }],
      holds: (memory ?? NaN) <= 0.13 && (step ?? NaN) <= 0.18 && mean(whole) <= 0.2,
    })
  },
}

function stepOf(args: readonly string[]): { readonly ms: number; readonly bytes: number } {
  const found = measure(process.execPath, ['dist/bench/measure-supernet.js', ...args]) as SupernetMeasurement
  const weights = found.steps.find(({ train }) => train === 'weights')
  if (weights === undefined) throw new Error(`no step was measured: ${found.refused.join('; ')}`)
  return { ms: median(weights.cpuMs), bytes: weights.savedBytes }
}

/** Processor time of EnTranNAS over that of DARTS, for every seed. */
function searches({ seeds, progress }: ClaimOptions): readonly number[] {
  return seeds.map((seed) => {
    const [differentiable, entrannas] = [secondsOf('differentiable', seed), secondsOf('entrannas', seed)]
    progress(`whole search, seed ${String(seed)}: ${entrannas.toFixed(1)} s beside ${differentiable.toFixed(1)} s`)
    return entrannas / differentiable
  })
}

function secondsOf(method: string, seed: number): number {
  const out = `.bench/claims/entrannas/cost-${method}-${String(seed)}`
  rmSync(join(root, out), { recursive: true, force: true })
  const args = [`--search=${method}`, `--seed=${String(seed)}`, `--out=${out}`]
  const found = measure(process.execPath, ['dist/bench/claims/entrannas/measure-search.js', ...args])
  return (found as { readonly seconds: number }).seconds
}
