import type { Budget } from '../../space/limits/budget.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import { isMeant, type CostQuery } from './cost-query.js'
import { countBelowKey, exactSums, finestSums, weightedCount, type JoinedSums } from './joined-sums.js'
import { createPathSampler, type PathSampler } from './path-sampler.js'
import { matchQuery, type CostExtremes, type QueryMatch } from './query-match.js'
import type { RandomWords } from './random-choice.js'
import type { Arithmetic } from './sums.js'

/** The architectures of a diagram that cost what a query asks for. */
export interface Totals {
  /** How many surely do. */
  readonly count: bigint
  /**
   * How finely costs are kept: 1 where every sum is exact. Otherwise sums are kept in buckets of about this width, and what
   * might lie on either side of an end of the interval is not counted.
   */
  readonly bucketWidth: number
  /** How far a cost may lie above what it is kept as; 0 where sums are exact. */
  readonly blur: number
  /** How many architectures might be meant beside those that surely are. */
  readonly leftOut: bigint
  /**
   * One of all that are meant, each as likely as any other: those not counted too, since what an architecture costs is known
   * once it is drawn. Undefined where none was met in so many draws that there are few beside those that only might be meant.
   * Throws a RangeError where there surely are none.
   *
   * @param draws so many draws, instead of those after which few are left
   */
  draw(random: RandomWords, draws?: number): readonly Arc[] | undefined
  /** How many cost less than a value, in the interval's quantity; of those below the interval only some. */
  countBelow(value: number): bigint
  /** The least and the greatest cost of those surely meant, in the quantity (of several: by position), as they are kept. */
  readonly extremes: (position: number) => CostExtremes | undefined
  /** Between which values all that might be meant surely lie. */
  readonly possibleExtremes: (position: number) => CostExtremes | undefined
  /** Those of an interval whose cost lies between two values besides, ends included: what is known of all is not worked out anew. */
  readonly within?: (least: number, most: number) => Pick<Totals, 'count' | 'leftOut' | 'blur' | 'draw'>
  /** All of them by cost; undefined where the query is an interval, whose costs are not listed. */
  readonly list?: readonly { readonly costs: readonly number[]; readonly count: bigint }[]
}

/** Keys that are kept at a cut, before costs go into buckets; fewer where counts need more than 53 bits. */
const mostKeys = { numbers: 6_000_000, bigints: 300_000 } as const
/** Draws for one architecture that is meant, where some lie beside the bounds. */
export const mostDraws = 20_000

/** @param most keys that are kept at a cut before costs go into buckets */
export function totalsOf<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  budget: Budget,
  most: number = typeof arithmetic.one === 'number' ? mostKeys.numbers : mostKeys.bigints,
): Totals {
  return totalsFrom(finestSums(arithmetic, { diagram, query, budget, mostKeys: most }))
}

/** With every sum kept exactly, or undefined if that takes more keys than allowed. */
export function exactTotals<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  budget: Budget,
  most: number,
): Totals | undefined {
  const sums = exactSums(arithmetic, { diagram, query, budget, mostKeys: most })
  return sums && totalsFrom(sums)
}

function totalsFrom<N>(sums: JoinedSums<N>): Totals {
  const { arithmetic, query, slack, units } = sums
  const match = matchQuery(sums, query)
  const isExact = slack.every((each) => each === 0)
  return {
    ...countsOf(sums, match),
    bucketWidth: isExact ? 1 : widthOf(sums),
    extremes: match.extremes,
    possibleExtremes: match.possibleExtremes,
    countBelow: (value) => arithmetic.big(countBelowKey(sums, Math.ceil(value / (units[0] ?? 1)))),
    ...(query.kind === 'interval' && {
      within(least, most) {
        const part = { ...query, least: Math.max(least, query.least), most: Math.min(most, query.most) }
        const ofPart = { ...sums, query: part }
        return countsOf(ofPart, matchQuery(ofPart, part))
      },
    }),
    ...(query.kind === 'test'
      ? {
          get list() {
            return listed(sums, match)
          },
        }
      : {}),
  }
}

/** How many of the paths are meant, and how one is drawn. */
function countsOf<N>(sums: JoinedSums<N>, match: QueryMatch<N>): Pick<Totals, 'count' | 'leftOut' | 'blur' | 'draw'> {
  const { arithmetic, slack } = sums
  const count = weightedCount(sums, match.weight)
  const possible = slack.every((each) => each === 0) ? count : weightedCount(sums, match.possible)
  return {
    count: arithmetic.big(count),
    leftOut: arithmetic.big(arithmetic.minus(possible, count)),
    blur: Math.max(...slack),
    draw: drawing(sums, match, possible),
  }
}

function widthOf<N>({ units, halves }: JoinedSums<N>): number {
  const grains = [...halves.forward.slice(0, halves.at + 1), ...halves.backward.slice(halves.at)]
  return Math.max(...units) * Math.max(...grains.map(({ grain }) => grain))
}

/** Draws among those that might be meant until one is. */
function drawing<N>(sums: JoinedSums<N>, match: QueryMatch<N>, possible: N): Totals['draw'] {
  const { arithmetic, query, budget } = sums
  let sampler: PathSampler | undefined
  return (random, draws = mostDraws) => {
    if (!arithmetic.less(arithmetic.zero, possible)) throw new RangeError('there is nothing to draw from')
    sampler ??= createPathSampler(sums, match)
    for (let draw = 0; draw < draws; draw++) {
      const path = sampler(random)
      if (isMeant(query, path)) return path
      budget.spend(path.length)
    }
    return undefined
  }
}

/** Of sums that are joined at the end: each key that is meant, with the number of its paths. */
function listed<N>(
  { arithmetic, before, costKeys }: JoinedSums<N>,
  { weight }: QueryMatch<N>,
): NonNullable<Totals['list']> {
  return before.flatMap(({ keys, counts }, state) =>
    [...keys].flatMap((key, index) => {
      if (weight(state, key) === arithmetic.zero) return []
      return [{ costs: costKeys.valuesOf(key), count: arithmetic.big(counts[index] ?? arithmetic.zero) }]
    }),
  )
}
