import { measure } from '../../process.js'
import type { SupernetMeasurement } from '../../supernets.js'
import type { Claim, MeasuredRow } from '../claim.js'

const counts = [1, 2, 4, 8, 16, 32] as const
const searches = ['masked', 'instantiated'] as const
type Search = (typeof searches)[number]

/** Of a step of the weights. */
interface Step {
  /** Processor time, the least of several runs: the machine may be busy. */
  readonly ms: number
  /** Greatest sum of temporaries that the plan foresees. */
  readonly bytes: number
}

/** Wan et al., FBNetV2, CVPR 2020: memory and time of a step hardly grow with the number of channel options. */
export const masking: Claim = {
  paper: 'fbnetv2',
  name: 'masking',
  says: 'A step over 32 numbers of channels takes at most 1.05 of the time and of the planned peak of a step over one',
  setting:
    '`bench/claims/fbnetv2/masking.nas`: four inverted residuals of 32 channels with up to 192 inner ones, 4 random images of 32 ' +
    'pixels, one thread, the least processor time of 9 steps of the weights. Instantiated: every number has a block of its own.',
  measure({ progress }) {
    const found = new Map(searches.map((search) => [search, counts.map((count) => stepOf(search, count, progress))]))
    const [first, ...others] = ratiosOf(found.get('masked') ?? [])
    const last = others.at(-1) ?? first
    return Promise.resolve({
      rows: searches.flatMap((search) => rowsOf(search, ratiosOf(found.get(search) ?? []))),
      holds: (last?.ms ?? NaN) <= 1.05 && (last?.bytes ?? NaN) <= 1.05,
    })
  },
}

function ratiosOf(steps: readonly Step[]): readonly Step[] {
  const { ms = NaN, bytes = NaN } = steps[0] ?? {}
  return steps.map((step) => ({ ms: step.ms / ms, bytes: step.bytes / bytes }))
}

function rowsOf(search: Search, ratios: readonly Step[]): readonly MeasuredRow[] {
  return counts.flatMap((count, index): MeasuredRow[] => {
    const step = ratios[index]
    if (count === 1 || step === undefined) return []
    return [
      { label: `${search}, ${String(count)} options: time`, unit: 'ratio', values: [step.ms] },
      { label: `${search}, ${String(count)} options: memory`, unit: 'ratio', values: [step.bytes] },
    ]
  })
}

function stepOf(search: Search, options: number, progress: (line: string) => void): Step {
  const found = measure(process.execPath, [
    'dist/bench/measure-supernet.js',
    ...[
      '--file=bench/claims/fbnetv2/masking.nas',
      '--space=blocks',
      `--search=${search}`,
      `--set=options=${String(options)}`,
    ],
    ...['--size=32', '--batch=4', '--runs=9'],
  ]) as SupernetMeasurement
  const step = found.steps.find(({ train }) => train === 'weights')
  if (step === undefined) throw new Error(`no step was measured: ${found.refused.join('; ')}`)
  const ms = Math.min(...step.cpuMs)
  progress(`${search}, ${String(options)} options: ${ms.toFixed(1)} ms, ${String(step.plannedBytes)} bytes`)
  return { ms, bytes: step.plannedBytes }
}
