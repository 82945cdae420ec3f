import type { ArchitectureScored } from '../../../src/runtime/run/events.js'
import { mean, median } from '../../statistics.js'
import type { Claim, ClaimOptions, MeasuredRow } from '../claim.js'
import { areaUnder, frontOf } from '../scored-front.js'
import { eventsOf, search } from '../search.js'

const arms = ['best_up', 'worst_up', 'shuffled', 'uniform_middle'] as const
type Arm = (typeof arms)[number]

/** What the networks of a supernet come to, accuracies as shares. */
interface Fronts {
  /** Means over bins of the cost. */
  readonly best: number
  readonly middle: number
  readonly worst: number
  /** Mean height of the front of the best networks over the costs that were looked at. */
  readonly area: number
}

const bins = 3

/**
 * Wang et al., AttentiveNAS, CVPR 2021, section 5: to train the best of some networks of one cost raises the front of the best
 * networks, to train the worst one that of the worst.
 */
export const attention: Claim = {
  paper: 'attentivenas',
  name: 'attention',
  says:
    'Over the seeds BestUp raises the best networks of a cost and the area under their front beyond those where none is looked ' +
    'at (shuffled), and WorstUp the worst networks',
  setting:
    'MNIST, `bench/claims/attentivenas/attention.nas`: images of 12 or 16 pixels, 17,722 weights, 200 steps of 32 images; ' +
    '45 random networks, alike in all arms of a seed, on 400 validation images, in 3 bins of equally many.',
  async measure(options) {
    const found = new Map<Arm, Fronts[]>()
    for (const seed of options.seeds)
      for (const arm of arms) found.set(arm, [...(found.get(arm) ?? []), await measured(arm, seed, options)])
    const values = (arm: Arm, what: keyof Fronts): readonly number[] => (found.get(arm) ?? []).map((each) => each[what])
    const raises = (arm: Arm, what: keyof Fronts): boolean => mean(values(arm, what)) > mean(values('shuffled', what))
    const seedsThatRaise = (arm: Arm, what: keyof Fronts): string => {
      const control = values('shuffled', what)
      const won = values(arm, what).filter((value, seed) => value > (control[seed] ?? NaN)).length
      return `${String(won)} of ${String(options.seeds.length)}`
    }
    return {
      rows: arms.flatMap((arm): readonly MeasuredRow[] => [
        { label: `${arm}, best of a bin`, unit: 'share', values: values(arm, 'best') },
        { label: `${arm}, median`, unit: 'share', values: values(arm, 'middle') },
        { label: `${arm}, worst`, unit: 'share', values: values(arm, 'worst') },
        { label: `${arm}, area under the front`, unit: 'share', values: values(arm, 'area') },
      ]),
      holds: raises('best_up', 'best') && raises('best_up', 'area') && raises('worst_up', 'worst'),
      note:
        `Beside shuffled, BestUp is better by the best networks on ${seedsThatRaise('best_up', 'best')} seeds and by the area on ` +
        `${seedsThatRaise('best_up', 'area')}, WorstUp by the worst networks on ${seedsThatRaise('worst_up', 'worst')}. All arms ` +
        'take equally many steps; BestUp and WorstUp look at six networks more in each.',
    }
  },
}

async function measured(arm: Arm, seed: number, { progress }: ClaimOptions): Promise<Fronts> {
  const run = await search({
    ...{ file: 'bench/claims/attentivenas/attention.nas', search: arm, scale: 'toy', seed },
    name: `attentivenas/attention-${arm}-${String(seed)}`,
  })
  const fronts = frontsOf(eventsOf(run).filter((event) => event.type === 'architecture-scored'))
  const [best, area] = [fronts.best, fronts.area].map((value) => value.toFixed(4))
  progress(`${arm}, seed ${String(seed)}: best ${String(best)}, area ${String(area)}`)
  return fronts
}

function frontsOf(scored: readonly ArchitectureScored[]): Fronts {
  const byCost = scored.toSorted((a, b) => a.macs - b.macs)
  const size = Math.ceil(byCost.length / bins)
  const groups = Array.from({ length: bins }, (_, bin) =>
    byCost.slice(bin * size, (bin + 1) * size).map(({ scores }) => scores['accuracy'] ?? NaN),
  )
  return {
    best: mean(groups.map((group) => Math.max(...group))),
    middle: mean(groups.map((group) => median(group))),
    worst: mean(groups.map((group) => Math.min(...group))),
    area: areaUnder(frontOf(scored)),
  }
}
