import type { Chart } from '../../../src/runtime/report/charts/render.js'
import { setColours } from '../../../src/runtime/report/charts/theme.js'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../process.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { areaUnder, frontOf, type ScoredFront } from '../scored-front.js'
import { eventsOf, lastOf, nasc, search as trainSupernet } from '../search.js'
import type { RunFinished } from '../../../src/runtime/run/events.js'

const evaluations = 96
/** 16 at random, five times 16 more. */
const searchers = {
  evolution: 'evolution(population: 16, generations: 5, mutants: 8, crossovers: 8, mutation: 0.15, parents: 6)',
  random: `best(of: ${String(evaluations)})`,
} as const
type Searcher = keyof typeof searchers
const names = ['evolution', 'random'] as const satisfies readonly Searcher[]

interface Found {
  readonly front: ScoredFront
  /** Of the validation images. */
  readonly best: number
  /** Of the test images, what is best by the validation images. */
  readonly tested: number
}

/** Cai et al., once-for-all, ICLR 2020: networks are found in a trained supernet by evolution, without training any. */
export const search: Claim = {
  paper: 'ofa-mobilenetv3',
  name: 'search',
  says: 'Evolution over a trained supernet finds a better network than random search of as many evaluations, on at least two of three seeds',
  setting:
    'MNIST, `bench/claims/ofa-mobilenetv3/elastic.nas`: three stages of up to three layers, kernels and expansions by layer, 248 steps of ' +
    `32 images by the sandwich rule; ${String(evaluations)} networks on 500 validation images by each searcher.`,
  async measure(options) {
    const found = new Map<Searcher, Found[]>(names.map((name) => [name, []]))
    for (const seed of options.seeds) {
      const run = await trainSupernet({
        ...{ file: 'bench/claims/ofa-mobilenetv3/elastic.nas', search: 'supernet', scale: 'toy', seed },
        name: `ofa-mobilenetv3/supernet-${String(seed)}`,
      })
      for (const name of names) found.get(name)?.push(await searched(run, name, seed, options))
    }
    const values = (name: Searcher, what: 'best' | 'tested'): readonly number[] =>
      (found.get(name) ?? []).map((each) => each[what])
    const areas = areasOf(found, options.seeds.length)
    const random = values('random', 'best')
    const won = values('evolution', 'best').filter((best, seed) => best > (random[seed] ?? NaN)).length
    return {
      rows: names.flatMap((name): readonly MeasuredRow[] => [
        { label: `${name}, best of the validation images`, unit: 'share', values: values(name, 'best') },
        { label: `${name}, the same network on the test images`, unit: 'share', values: values(name, 'tested') },
        { label: `${name}, area under the front`, unit: 'share', values: areas(name) },
      ]),
      holds: won >= (2 / 3) * options.seeds.length,
      note:
        `Evolution is ahead on ${String(won)} of ${String(options.seeds.length)} seeds. It looks for accuracy alone; the front is of all that ` +
        'each has looked at, its height the mean over the costs that both have seen.',
      chart: chartOf(found),
    }
  },
}

async function searched(run: string, name: Searcher, seed: number, { progress }: ClaimOptions): Promise<Found> {
  const out = `.bench/claims/ofa-mobilenetv3/${name}-${String(seed)}`
  rmSync(join(root, out), { recursive: true, force: true })
  const chosen = ['--seed', String(seed), '--backend', 'wasm', '--quiet', '--out', out]
  await nasc('search', run, '--by', searchers[name], ...chosen)
  const events = eventsOf(out)
  const scored = events.filter((event) => event.type === 'architecture-scored')
  if (scored.length !== evaluations) throw new Error(`${name} looked at ${String(scored.length)} networks`)
  const front = frontOf(scored)
  const best = front.at(-1)?.best ?? NaN
  const [derived] = lastOf<RunFinished>(events, 'run-finished').architectures
  const tested = derived?.derivedAccuracy ?? NaN
  progress(
    `${name}, seed ${String(seed)}: ${(100 * best).toFixed(2)} %, of the test images ${(100 * tested).toFixed(2)} %`,
  )
  return { front, best, tested }
}

/** Heights of fronts by seed, each between costs that all searchers of the seed have seen. */
function areasOf(found: ReadonlyMap<Searcher, readonly Found[]>, seeds: number): (name: Searcher) => readonly number[] {
  return (name) =>
    Array.from({ length: seeds }, (_, seed) => {
      const fronts = names.map((each) => found.get(each)?.[seed]?.front ?? [])
      const from = Math.max(...fronts.map((front) => front[0]?.macs ?? 0))
      const to = Math.min(...fronts.map((front) => front.at(-1)?.macs ?? 0))
      return areaUnder(found.get(name)?.[seed]?.front ?? [], from, to)
    })
}

/** What both searchers have looked at with the first seed, and the front of each. */
function chartOf(found: ReadonlyMap<Searcher, readonly Found[]>): Chart {
  const points = names.flatMap((searcher) =>
    (found.get(searcher)?.[0]?.front ?? []).map((point) => ({ ...point, searcher })),
  )
  const x = { field: 'macs', type: 'quantitative', title: 'multiply-accumulates', axis: { format: '~s' } } as const
  const accuracy = { type: 'quantitative', scale: { zero: false }, axis: { format: '.0%' } } as const
  const title = 'accuracy on validation images'
  const color = {
    field: 'searcher',
    type: 'nominal',
    scale: { domain: [...names], range: [setColours.weights, setColours.choices] },
    legend: { title: null },
  } as const
  return {
    id: 'fronts',
    description: 'Networks that evolution and random search have looked at in one supernet, and the front of each',
    spec: {
      data: { values: points },
      background: '#ffffff',
      padding: 12,
      width: 480,
      height: 300,
      layer: [
        {
          mark: { type: 'point', filled: true, size: 18, opacity: 0.5 },
          encoding: { x, y: { field: 'accuracy', title, ...accuracy }, color },
        },
        {
          mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2 },
          encoding: { x, y: { field: 'best', title, ...accuracy }, color },
        },
      ],
    },
  }
}
