import { mean } from '../../statistics.js'
import type { Claim, MeasuredRow } from '../claim.js'
import { searched, type Found } from './program.js'

/** How much 100,000 effective multiply-accumulates count beside the cross-entropy. */
const factors = [0, 0.1, 0.3, 1] as const

/** That the cost of effective shapes steers the choices: what it is for (Wan et al., FBNetV2, CVPR 2020, section 3.3). */
export const costWeight: Claim = {
  paper: 'fbnetv2',
  name: 'cost',
  says: `The effective cost at the end of the search falls with every larger factor (${factors.join(', ')}), on each seed`,
  setting:
    'MNIST, `bench/claims/fbnetv2/search.nas`: two stages of two layers, widths and expansions by masks, two resolutions, four ' +
    'blocks; 4 epochs of 50 steps of the weights and 12 of the choices, 32 images each.',
  async measure({ seeds, progress }) {
    const all: Found[][] = []
    for (const factor of factors) {
      const own: Found[] = []
      for (const seed of seeds) {
        const found = await searched(factor, seed)
        progress(
          `factor ${String(factor)}, seed ${String(seed)}: ${found.expected.toFixed(0)}, derived ${String(found.macs)}`,
        )
        own.push(found)
      }
      all.push(own)
    }
    const falls = seeds.every((_, seed) =>
      all.every(
        (own, index) => index === 0 || (own[seed]?.expected ?? NaN) < (all[index - 1]?.[seed]?.expected ?? NaN),
      ),
    )
    const derived = all.map((own) => mean(own.map(({ macs }) => macs)))
    return {
      rows: factors.flatMap((factor, index): MeasuredRow[] => [
        {
          label: `factor ${String(factor)}, effective cost`,
          unit: 'parameters',
          values: (all[index] ?? []).map(({ expected }) => expected),
        },
        {
          label: `factor ${String(factor)}, derived network`,
          unit: 'parameters',
          values: (all[index] ?? []).map(({ macs }) => macs),
        },
      ]),
      holds: falls,
      note: `Numbers are multiply-accumulates; what is derived comes to ${derived.map((macs) => macs.toFixed(0)).join(', ')} in the mean.`,
    }
  },
}
