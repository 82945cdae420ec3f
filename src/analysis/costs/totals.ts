import { corners } from './corners.js'
import { commonDivisor, costKeys } from './cost-keys.js'
import type { Arc, Diagram } from '../diagram/diagram.js'
import { createPathSampler, type RandomWords } from './path-sampler.js'
import { meetInTheMiddle } from './meet-in-the-middle.js'
import { segmentsOf } from './segments.js'
import { below, noKeys, prefixSums, type Arithmetic } from './sums.js'
import type { CostQuery } from './cost-query.js'

/** The architectures of a diagram that cost what is wanted. */
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
  /** How many cost less than a value, in the interval's quantity. Only where the wanted is an interval. */
  countBelow(value: number): bigint
  /** The least and the greatest cost of those meant, in the quantity (of several: by position). Undefined where there are none. */
  extremes(position: number): { readonly least: number; readonly greatest: number } | undefined
  /** All of them by cost; undefined where the wanted is an interval, whose costs are not listed. */
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
  const quantities = quantitiesOf(query)
  const units = quantities.map((quantity) => commonDivisor(diagram, quantity))
  return attempt(arithmetic, diagram, query, quantities, units, most)
}

function quantitiesOf(query: CostQuery): readonly number[] {
  return query.kind === 'interval' ? [query.quantity] : query.quantities
}

function inBuckets<N>(arithmetic: Arithmetic<N>, diagram: Diagram, query: CostQuery): Totals {
  const quantities = quantitiesOf(query)
  const units = quantities.map((quantity) => commonDivisor(diagram, quantity))
  for (;;) {
    units.forEach((unit, index) => (units[index] = unit * 4))
    const totals = attempt(arithmetic, diagram, query, quantities, units, keysFor(arithmetic))
    if (totals) return totals
  }
}

function attempt<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  quantities: readonly number[],
  units: readonly number[],
  mostKeys: number,
): Totals | undefined {
  const kept = costKeys(diagram, quantities, units)
  if (!kept) return undefined
  const { keyOf, valuesOf, slack } = kept

  const segments = segmentsOf(arithmetic, diagram, keyOf)
  const meeting = meetInTheMiddle(arithmetic, segments, query.kind === 'test' ? 'end' : 'middle', mostKeys)
  if (!meeting) return undefined
  const { forward, backward, at } = meeting
  const here = forward[at] ?? []
  const there = backward[at] ?? []
  const prefixes = there.map((sums) => prefixSums(arithmetic, sums.counts))

  const [unit = 1] = units
  const [hides = 0] = slack
  /** Ways on from a state whose keys lie below a bound. */
  const upTo = (state: number, bound: number): N =>
    prefixes[state]?.[below(there[state]?.keys ?? noKeys, bound)] ?? arithmetic.zero
  const between = (state: number, key: number, low: number, high: number): N =>
    high <= low ? arithmetic.zero : arithmetic.minus(upTo(state, high - key), upTo(state, low - key))
  const total = (weight: (state: number, key: number) => N): N => {
    let sum = arithmetic.zero
    here.forEach(({ keys, counts }, state) => {
      for (let index = 0; index < keys.length; index++) {
        const paths = weight(state, keys[index] ?? 0)
        sum = arithmetic.add(sum, arithmetic.times(counts[index] ?? arithmetic.zero, paths))
      }
    })
    return sum
  }

  let weight: (state: number, key: number) => N
  let possible: (state: number, key: number) => N
  let range: (state: number, key: number) => readonly [number, number]
  if (query.kind === 'interval') {
    const { least, most } = query
    // A key stands for costs from unit * key to unit * key + hides.
    const low = Math.ceil(least / unit)
    const high = Math.floor((most - hides) / unit) + 1
    const [lowest, highest] = [Math.ceil((least - hides) / unit), Math.floor(most / unit) + 1]
    weight = (state, key) => between(state, key, low, high)
    possible = (state, key) => between(state, key, lowest, highest)
    range = (state, key) => {
      const keys = there[state]?.keys ?? noKeys
      return [below(keys, low - key), below(keys, Math.max(low, high) - key)]
    }
  } else {
    const { test } = query
    weight = (state, key) =>
      corners(valuesOf(key), slack).every((costs) => test(costs, state)) ? arithmetic.one : arithmetic.zero
    possible = (state, key) =>
      corners(valuesOf(key), slack).some((costs) => test(costs, state)) ? arithmetic.one : arithmetic.zero
    range = () => [0, 1]
  }
  const count = total(weight)
  const isExact = slack.every((each) => each === 0)
  const leftOut = isExact ? arithmetic.zero : arithmetic.minus(total(possible), count)

  let sampler: ((random: RandomWords) => readonly Arc[]) | undefined
  return {
    count: arithmetic.big(count),
    bucketWidth: isExact ? 1 : Math.max(...units),
    blur: Math.max(...slack),
    leftOut: arithmetic.big(leftOut),
    draw(random) {
      if (!arithmetic.less(arithmetic.zero, count)) throw new RangeError('there is nothing to draw from')
      sampler ??= createPathSampler(
        arithmetic,
        diagram,
        keyOf,
        segments,
        { forward, backward, at, prefixes },
        weight,
        range,
      )
      return sampler(random)
    },
    extremes(position) {
      let [least, greatest] = [Infinity, -Infinity]
      here.forEach(({ keys }, state) => {
        const further = there[state]?.keys ?? noKeys
        for (const key of keys) {
          if (query.kind === 'test') {
            if (weight(state, key) === arithmetic.zero) continue
            const value = valuesOf(key)[position] ?? 0
            least = Math.min(least, value)
            greatest = Math.max(greatest, value)
          } else {
            // What lies between what is known already cannot move it.
            const [lowest, highest] = [key + (further[0] ?? 0), key + (further[further.length - 1] ?? 0)]
            if (lowest * unit >= least && highest * unit <= greatest) continue
            const [low, high] = range(state, key)
            if (high <= low) continue
            least = Math.min(least, (key + (further[low] ?? 0)) * unit)
            greatest = Math.max(greatest, (key + (further[high - 1] ?? 0)) * unit)
          }
        }
      })
      return least > greatest ? undefined : { least, greatest }
    },
    ...(query.kind === 'test'
      ? {
          get list() {
            return here.flatMap(({ keys, counts }, state) =>
              [...keys].flatMap((key, index) => {
                if (weight(state, key) === arithmetic.zero) return []
                return [{ costs: valuesOf(key), count: arithmetic.big(counts[index] ?? arithmetic.zero) }]
              }),
            )
          },
        }
      : {}),
    countBelow(value) {
      const bound = Math.ceil(value / unit)
      let sum = arithmetic.zero
      here.forEach(({ keys, counts }, state) => {
        const further = there[state]?.keys ?? noKeys
        const prefix = prefixes[state] ?? []
        // Keys ascend, so that what is left for the rest only falls.
        let index = further.length
        for (let at = 0; at < keys.length; at++) {
          const left = bound - (keys[at] ?? 0)
          while (index > 0 && (further[index - 1] ?? 0) >= left) index--
          if (index === 0) break
          sum = arithmetic.add(sum, arithmetic.times(counts[at] ?? arithmetic.zero, prefix[index] ?? arithmetic.zero))
        }
      })
      return arithmetic.big(sum)
    },
  }
}
