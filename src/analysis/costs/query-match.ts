import { corners } from './corners.js'
import { boundsOf, type CostQuery } from './cost-query.js'
import { countBetween, type JoinedSums } from './joined-sums.js'
import { below, noKeys } from './sums.js'

/** Which paths a query means, told at the cut where sums are joined: by state, and the key of a path to it. */
export interface QueryMatch<N> {
  /** How many paths on are surely meant. */
  readonly weight: (state: number, key: number) => N
  /** How many might be, where costs are kept in buckets. */
  readonly possible: (state: number, key: number) => N
  /** Which keys of the paths on might be: from the first index to below the second. */
  readonly possibleRange: (state: number, key: number) => readonly [number, number]
  /** The least and the greatest cost of those meant, by position of the quantity. */
  readonly extremes: (position: number) => CostExtremes | undefined
  /** Between which values those lie that might be meant. */
  readonly possibleExtremes: (position: number) => CostExtremes | undefined
}

export interface CostExtremes {
  readonly least: number
  readonly greatest: number
}

export function matchQuery<N>(sums: JoinedSums<N>, query: CostQuery): QueryMatch<N> {
  return query.kind === 'interval' ? matchInterval(sums, query.least, query.most) : matchTest(sums, query)
}

/** One cost between two values. A key stands for costs from unit * key to what rounding may hide above that. */
function matchInterval<N>(sums: JoinedSums<N>, least: number, most: number): QueryMatch<N> {
  const { after } = sums
  const [unit = 1] = sums.units
  const [hidden = 0] = sums.slack
  const low = Math.ceil(least / unit)
  const high = Math.floor((most - hidden) / unit) + 1
  const [lowest, highest] = [Math.ceil((least - hidden) / unit), Math.floor(most / unit) + 1]
  const rangeBetween =
    (first: number, end: number): QueryMatch<N>['possibleRange'] =>
    (state, key) => {
      const keys = after[state]?.keys ?? noKeys
      return [below(keys, first - key), below(keys, Math.max(first, end) - key)]
    }
  return {
    weight: (state, key) => countBetween(sums, state, low - key, high - key),
    possible: (state, key) => countBetween(sums, state, lowest - key, highest - key),
    possibleRange: rangeBetween(lowest, highest),
    extremes: () => intervalExtremes(sums, unit, rangeBetween(low, high)),
    possibleExtremes() {
      const kept = intervalExtremes(sums, unit, rangeBetween(lowest, highest))
      return kept && { least: Math.max(least, kept.least), greatest: Math.min(most, kept.greatest + hidden) }
    },
  }
}

function intervalExtremes<N>(
  { before, after }: JoinedSums<N>,
  unit: number,
  range: QueryMatch<N>['possibleRange'],
): CostExtremes | undefined {
  let [least, greatest] = [Infinity, -Infinity]
  before.forEach(({ keys }, state) => {
    const further = after[state]?.keys ?? noKeys
    for (const key of keys) {
      // What lies between what is known already cannot move it.
      const [lowest, highest] = [key + (further[0] ?? 0), key + (further[further.length - 1] ?? 0)]
      if (lowest * unit >= least && highest * unit <= greatest) continue
      const [low, high] = range(state, key)
      if (high <= low) continue
      least = Math.min(least, (key + (further[low] ?? 0)) * unit)
      greatest = Math.max(greatest, (key + (further[high - 1] ?? 0)) * unit)
    }
  })
  return least > greatest ? undefined : { least, greatest }
}

/** Several costs under any conditions: sums are joined at the end, where all of them are known. */
function matchTest<N>(sums: JoinedSums<N>, query: Extract<CostQuery, { kind: 'test' }>): QueryMatch<N> {
  const { costKeys, arithmetic, slack } = sums
  const { valuesOf } = costKeys
  const bounds = boundsOf(query)
  const isExact = slack.every((each) => each === 0)
  const countIf = (isMeant: boolean): N => (isMeant ? arithmetic.one : arithmetic.zero)
  const isMeant = (state: number, key: number): boolean => {
    const costs = valuesOf(key)
    return (
      bounds.every(({ least, most }, at) => {
        const cost = costs[at] ?? 0
        return cost >= least && cost + (slack[at] ?? 0) <= most
      }) &&
      query.conditions.every(
        ({ holds, isDecidedByCorners }) =>
          (isExact || isDecidedByCorners) && corners(costs, slack).every((corner) => holds(corner, state)),
      )
    )
  }
  const isPossible = (state: number, key: number): boolean => {
    const costs = valuesOf(key)
    return (
      bounds.every(({ least, most }, at) => {
        const cost = costs[at] ?? 0
        return cost + (slack[at] ?? 0) >= least && cost <= most
      }) &&
      query.conditions.every(
        ({ holds, isDecidedByCorners }) =>
          !(isExact || isDecidedByCorners) || corners(costs, slack).some((corner) => holds(corner, state)),
      )
    )
  }
  return {
    weight: (state, key) => countIf(isMeant(state, key)),
    possible: (state, key) => countIf(isPossible(state, key)),
    possibleRange: () => [0, 1],
    extremes: (position) => testExtremes(sums, position, isMeant),
    possibleExtremes(position) {
      const kept = testExtremes(sums, position, isPossible)
      return kept && { least: kept.least, greatest: kept.greatest + (slack[position] ?? 0) }
    },
  }
}

function testExtremes<N>(
  { before, costKeys }: JoinedSums<N>,
  position: number,
  isSelected: (state: number, key: number) => boolean,
): CostExtremes | undefined {
  let [least, greatest] = [Infinity, -Infinity]
  before.forEach(({ keys }, state) => {
    for (const key of keys) {
      if (!isSelected(state, key)) continue
      const value = costKeys.valuesOf(key)[position] ?? 0
      least = Math.min(least, value)
      greatest = Math.max(greatest, value)
    }
  })
  return least > greatest ? undefined : { least, greatest }
}
