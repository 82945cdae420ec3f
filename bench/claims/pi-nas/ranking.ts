import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sampler } from '../../../src/analysis/index.js'
import { compile } from '../../../src/compiler/index.js'
import { nodeHost } from '../../../src/compiler/modules/node-host.js'
import { train } from '../../../src/runtime/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { resolveParams } from '../../../src/space/index.js'
import { kendallTau } from '../../../src/support/rank-correlation.js'
import { root } from '../../process.js'
import { mean, standardDeviation } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { nasc, retrainedIn } from '../search.js'
import { armNames, arms, program, scale, supernetOf, type Arm } from './program.js'

const networks = 24
const alone = { search: 'alone', scale, data: 'mnist', backend: 'wasm', threads: 1 } as const

/** Peng et al., Pi-NAS, ICCV 2021: its supernet ranks architectures more as they are ranked when each is trained alone. */
export const ranking: Claim = {
  paper: 'pi-nas',
  name: 'ranking',
  says:
    "Kendall's tau between what a supernet says of architectures and what each comes to alone is larger for Pi-NAS than without its " +
    'cross-path positives, without its teacher, and for SPOS, each by more than two standard errors',
  setting:
    'MNIST at 16 pixels, `bench/claims/pi-nas/chain.nas`: three blocks of three candidates of about one cost; 250 steps of 32 images, 500 of ' +
    `SPOS, whose steps train one path and not two. ${String(networks)} random networks, the same for all, trained alone for 124 steps with each seed; ` +
    'scores are compared with the means over these.',
  async measure(options) {
    const results = await trainedAlone(options)
    const table = '.bench/claims/pi-nas/alone.csv'
    const lines = [...results].map(([name, accuracies]) => `${name},${String(mean(accuracies))}`)
    writeFileSync(join(root, table), `${['architecture,accuracy', ...lines].join('\n')}\n`)
    const taus = new Map<Arm, number[]>()
    for (const seed of options.seeds) {
      for (const arm of armNames) {
        const tau = await tauOf(await supernetOf(arm, seed), table)
        options.progress(`${arms[arm]}, seed ${String(seed)}: tau ${tau.toFixed(3)}`)
        taus.set(arm, [...(taus.get(arm) ?? []), tau])
      }
    }
    const [own = [], ...others] = armNames.map((arm) => taus.get(arm) ?? [])
    const ceiling = agreementOfSeeds([...results.values()])
    return {
      rows: [
        ...armNames.map((arm): MeasuredRow => ({ label: arms[arm], unit: 'ratio', values: taus.get(arm) ?? [] })),
        { label: 'one seed alone beside another', unit: 'ratio', values: ceiling },
        { label: 'alone, test images', unit: 'share', values: [...results.values()].map((values) => mean(values)) },
      ],
      holds: others.every((each) => isAhead(own, each)),
      note:
        `Under no correlation the standard deviation of tau would be ${spreadOfChance(networks).toFixed(3)}. Two seeds of networks trained ` +
        'alone are compared one by one, a supernet with their mean, which is less noisy: it may agree with that more than they do with each other.',
    }
  },
}

/**
 * Networks that are trained from scratch, in this process: most of the time of a short training is that of a new one.
 *
 * @returns accuracies on the test images, one of every seed, by the options of the blocks, a digit each
 */
async function trainedAlone({ seeds, progress }: ClaimOptions): Promise<ReadonlyMap<string, readonly number[]>> {
  const { value: ir } = compile(program, nodeHost())
  if (ir === undefined) throw new Error(`${program} has errors`)
  const draws = sampler(ir, 'chain', { params: resolveParams(ir, {}) })
  const random = createRandom(0, 'alone')
  const found = new Map<string, readonly number[]>()
  while (found.size < networks) {
    const { architecture } = draws.draw(random)
    const name = Object.values(architecture.decisions).flat().join('')
    if (found.has(name)) continue
    const accuracies: number[] = []
    for (const seed of seeds) {
      const out = `.bench/claims/pi-nas/alone/${name}-${String(seed)}`
      rmSync(join(root, out), { recursive: true, force: true })
      await train(ir, { ...alone, space: 'chain', name, architecture, seed, out: join(root, out) })
      accuracies.push(retrainedIn(out).accuracy)
    }
    progress(`${name}: ${accuracies.map((accuracy) => `${(100 * accuracy).toFixed(2)} %`).join(', ')}`)
    found.set(name, accuracies)
  }
  return found
}

/** Between scores of a supernet and the results of a table. */
async function tauOf(run: string, table: string): Promise<number> {
  const found = (await nasc('rank', run, '--table', table, '--backend', 'wasm', '--resamples', '1', '--quiet')) as {
    readonly kendallTau: number | null
  }
  // Where all scores are equal there is no order to agree with.
  return found.kendallTau ?? 0
}

/** Tau of every pair of seeds. @param results of every architecture, one of each seed */
function agreementOfSeeds(results: readonly (readonly number[])[]): readonly number[] {
  const seeds = results[0]?.map((_, seed) => seed) ?? []
  return seeds.flatMap((first) =>
    seeds
      .filter((second) => second > first)
      .map((second) => kendallTau(results.map((each) => ({ x: each[first] ?? NaN, y: each[second] ?? NaN }))) ?? 0),
  )
}

/** Whether values are larger than others, seed by seed, by more than two standard errors of the difference. */
function isAhead(values: readonly number[], others: readonly number[]): boolean {
  const gaps = values.map((value, seed) => value - (others[seed] ?? NaN))
  return mean(gaps) > (2 * standardDeviation(gaps)) / Math.sqrt(gaps.length)
}

/** Standard deviation of tau between orders that have nothing to do with each other (Kendall 1938). */
function spreadOfChance(count: number): number {
  return Math.sqrt((2 * (2 * count + 5)) / (9 * count * (count - 1)))
}
