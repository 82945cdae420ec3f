import { gumbelNoise } from '../../../src/runtime/random/gumbel.js'
import { createRandom, type Random } from '../../../src/runtime/random/random.js'
import { openSchedule } from '../../../src/runtime/search/components/schedules/index.js'
import { mean } from '../../statistics.js'
import type { Claim, MeasuredRow } from '../claim.js'

/** Of the table in the notes on the paper: epochs of 90 and numbers of options. */
const epochs = [0, 30, 60, 89] as const
const counts = [4, 8, 14] as const
/** Mean of the largest weight, worked out beforehand by another program: by epoch, then by number of options. */
const expected: Readonly<Record<(typeof epochs)[number], readonly number[]>> = {
  0: [0.325, 0.187, 0.12],
  30: [0.534, 0.417, 0.348],
  60: [0.829, 0.797, 0.783],
  89: [0.952, 0.945, 0.941],
}
const samples = 20_000

/** What the temperature 5 * 0.956^epoch makes of equal logits (Wan et al., FBNetV2, CVPR 2020, section 4.1). */
export const temperature: Claim = {
  paper: 'fbnetv2',
  name: 'temperature',
  says: 'Equal logits and Gumbel noise: the mean of the largest weight of 4, 8 and 14 options over the 90 epochs of the paper, to 0.01',
  setting: `The schedule and the noise of the search, ${String(samples)} draws for every seed, beside figures that were worked out beforehand.`,
  measure({ seeds }) {
    const schedule = openSchedule({ component: 'exponential', arguments: { from: 5, rate: 0.956 } }, 'relax')
    const rows = epochs.flatMap((epoch) => {
      const tau = schedule.at({ epoch, epochs: 90, step: 0, steps: 1 })
      return counts.map((count, index) => ({
        wanted: expected[epoch][index] ?? NaN,
        row: {
          label: `epoch ${String(epoch)}, temperature ${tau.toFixed(3)}, ${String(count)} options`,
          unit: 'ratio',
          values: seeds.map((seed) =>
            meanOfLargest(count, tau, createRandom(seed, `${String(epoch)}/${String(count)}`)),
          ),
        } satisfies MeasuredRow,
      }))
    })
    return Promise.resolve({
      rows: rows.map(({ row }) => row),
      holds: rows.every(({ wanted, row }) => Math.abs(mean(row.values) - wanted) <= 0.01),
    })
  },
}

function meanOfLargest(count: number, tau: number, random: Random): number {
  let sum = 0
  for (let sample = 0; sample < samples; sample++) {
    const scores = Array.from({ length: count }, () => Math.exp(gumbelNoise(random) / tau))
    sum += Math.max(...scores) / scores.reduce((total, each) => total + each, 0)
  }
  return sum / samples
}
