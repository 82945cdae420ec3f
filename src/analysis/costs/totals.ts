import { commonDivisor } from './cost-keys.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import { createPathSampler, type PathSampler } from './path-sampler.js'
import type { RandomWords } from './random-choice.js'
import { countBelowKey, joinSums, weightedCount, type JoinedSums } from './joined-sums.js'
import { matchQuery, type CostExtremes, type QueryMatch } from './query-match.js'
import type { Arithmetic } from './sums.js'
import type { CostQuery } from './cost-query.js'

/** The architectures of a diagram that cost what a query asks for. */
export interface Totals {
  readonly count: bigint
  /**
   * How finely costs are kept: 1 where every sum is exact. Otherwise sums are kept in buckets of this width, and what might
   * lie on either side of an end of the interval is left out.
   */
  readonly bucketWidth: number
  /** How far a cost may lie above what it is kept as, since every part of a network is rounded down; 0 where sums are exact. */
  readonly blur: number
  /** How many architectures might be meant beside those that surely are. */
  readonly leftOut: bigint
  /** One of them, each as likely as any other. Throws a RangeError where there are none. */
  draw(random: RandomWords): readonly Arc[]
  /** How many cost less than a value, in the interval's quantity. Only where the query is an interval. */
  countBelow(value: number): bigint
  /** The least and the greatest cost of those meant, in the quantity (of several: by position). Undefined where there are none. */
  readonly extremes: (position: number) => CostExtremes | undefined
  /** All of them by cost; undefined where the query is an interval, whose costs are not listed. */
  readonly list?: readonly { readonly costs: readonly number[]; readonly count: bigint }[]
}

/** Keys that are kept at once at most, before costs go into buckets; fewer where counts need more than 53 bits. */
const mostKeys = { numbers: 6_000_000, bigints: 300_000 } as const

function keysFor<N>(arithmetic: Arithmetic<N>): number {
  return typeof arithmetic.one === 'number' ? mostKeys.numbers : mostKeys.bigints
}

export function totalsOf<N>(arithmetic: Arithmetic<N>, diagram: Diagram, query: CostQuery): Totals {
  return exactTotals(arithmetic, diagram, query, keysFor(arithmetic)) ?? inBuckets(arithmetic, diagram, query)
}

/** With every sum kept exactly, or undefined if that takes more keys than allowed. */
export function exactTotals<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  most: number,
): Totals | undefined {
  const units = quantitiesOf(query).map((quantity) => commonDivisor(diagram, quantity))
  return totalsIn(arithmetic, diagram, query, units, most)
}

function quantitiesOf(query: CostQuery): readonly number[] {
  return query.kind === 'interval' ? [query.quantity] : query.quantities
}

function inBuckets<N>(arithmetic: Arithmetic<N>, diagram: Diagram, query: CostQuery): Totals {
  const units = quantitiesOf(query).map((quantity) => commonDivisor(diagram, quantity))
  for (;;) {
    units.forEach((unit, index) => (units[index] = unit * 4))
    const totals = totalsIn(arithmetic, diagram, query, units, keysFor(arithmetic))
    if (totals) return totals
  }
}

function totalsIn<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  units: readonly number[],
  mostKeys: number,
): Totals | undefined {
  const cut = query.kind === 'test' ? 'end' : 'middle'
  const sums = joinSums(arithmetic, diagram, quantitiesOf(query), units, cut, mostKeys)
  if (!sums) return undefined
  const { slack } = sums.costKeys
  const match = matchQuery(sums, query)
  const count = weightedCount(sums, match.weight)
  const isExact = slack.every((each) => each === 0)
  const leftOut = isExact ? arithmetic.zero : arithmetic.minus(weightedCount(sums, match.possible), count)
  let sampler: PathSampler | undefined
  return {
    count: arithmetic.big(count),
    bucketWidth: isExact ? 1 : Math.max(...units),
    blur: Math.max(...slack),
    leftOut: arithmetic.big(leftOut),
    draw(random) {
      if (!arithmetic.less(arithmetic.zero, count)) throw new RangeError('there is nothing to draw from')
      sampler ??= createPathSampler(sums, match)
      return sampler(random)
    },
    extremes: match.extremes,
    countBelow: (value) => arithmetic.big(countBelowKey(sums, Math.ceil(value / (units[0] ?? 1)))),
    ...(query.kind === 'test'
      ? {
          get list() {
            return listed(sums, match)
          },
        }
      : {}),
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
