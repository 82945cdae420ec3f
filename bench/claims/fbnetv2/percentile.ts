import { eventsOf, retrainedIn, nasc } from '../search.js'
import type { Claim, ClaimOptions } from '../claim.js'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../process.js'
import { mean } from '../../statistics.js'
import { drawn, program, scale, searched } from './program.js'

/** The factor of the cost. */
const factor = 0.3
const rivals = 10

/** That the search finds better networks than chance does at equal cost (Wan et al., FBNetV2, CVPR 2020, section 4). */
export const percentile: Claim = {
  paper: 'fbnetv2',
  name: 'percentile',
  says: 'Of ten random networks of the same cost, the derived one is better than at least 75 % on most of the seeds',
  setting:
    `MNIST, the search of the claim before at factor ${String(factor)}; random networks within 5 % of the multiply-accumulates of what is ` +
    'derived; all trained from scratch, 187 steps of 32 images, with the seed of the search.',
  async measure(options) {
    const found: Measured[] = []
    for (const seed of options.seeds) found.push(await measured(seed, options))
    const shares = found.map(({ own, others }) => others.filter((each) => each < own).length / others.length)
    return {
      rows: [
        { label: 'random networks that are worse', unit: 'share', values: shares },
        { label: 'derived, test images', unit: 'share', values: found.map(({ own }) => own) },
        { label: 'random, test images', unit: 'share', values: found.flatMap(({ others }) => others) },
        {
          label: 'blocks at the end of the search, share of the entropy of no preference',
          unit: 'share',
          values: found.map(({ undecided }) => undecided),
        },
      ],
      holds: shares.filter((share) => share >= 0.75).length > shares.length / 2,
      note: noteOf(found),
    }
  },
}

interface Measured {
  readonly own: number
  readonly others: readonly number[]
  /** Mean entropy of the choices of blocks, over the greatest that there is. */
  readonly undecided: number
}

function noteOf(found: readonly Measured[]): string {
  const ahead = mean(found.map(({ own, others }) => own - mean(others)))
  const points = `${(100 * Math.abs(ahead)).toFixed(1)} points ${ahead < 0 ? 'below' : 'above'}`
  return `What is derived lies ${points} the mean of the random networks, after a search of 200 steps of the weights.`
}

async function measured(seed: number, { progress }: ClaimOptions): Promise<Measured> {
  const { run, macs } = await searched(factor, seed)
  const own = retrainedIn(run).accuracy
  const folder = `.bench/claims/fbnetv2/random-${String(seed)}`
  rmSync(join(root, folder), { recursive: true, force: true })
  const others: number[] = []
  for (const file of await drawn(macs, rivals, seed, folder)) {
    const out = file.replace(/\.nas$/u, '')
    const chosen = ['--scale', scale, '--seed', String(seed), '--data', 'mnist', '--backend', 'wasm']
    await nasc('train', program, '--arch', file, ...chosen, '--out', out, '--quiet')
    others.push(retrainedIn(out).accuracy)
    progress(
      `seed ${String(seed)}, ${file}: ${(100 * (others.at(-1) ?? NaN)).toFixed(2)} % beside ${(100 * own).toFixed(2)} %`,
    )
  }
  return { own, others, undecided: undecidedIn(run) }
}

function undecidedIn(run: string): number {
  const epoch = eventsOf(run).findLast((event) => event.type === 'phase-epoch' && event.phase === 'search')
  if (epoch?.type !== 'phase-epoch') throw new Error(`${run} has searched nothing`)
  const blocks = Object.entries(epoch.probabilities ?? {}).filter(([path]) => path.endsWith('.block'))
  return mean(blocks.map(([, chances]) => entropyOf(chances) / Math.log(chances.length)))
}

function entropyOf(chances: readonly number[]): number {
  return chances.reduce((sum, chance) => (chance > 0 ? sum - chance * Math.log(chance) : sum), 0)
}
