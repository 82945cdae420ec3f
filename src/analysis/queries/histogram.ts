import type { Ir } from '../../ir/model/ir.js'
import { analysisOf, exactTotalsFor, positionOf, totalsFor, costQueryOf, type AnalysisOptions } from './analysis.js'
import type { QuantityName } from '../diagram/layer.js'

export interface Histogram {
  readonly quantity: QuantityName
  /** 1: each bucket is one cost. Otherwise a bucket holds the costs from `from` to below `from + bucketWidth`. */
  readonly bucketWidth: number
  /**
   * 0: every architecture is in the bucket of its cost. Otherwise sums were kept coarsely, since there are too many
   * different ones, and a cost may lie this far above the bucket in which it is counted.
   */
  readonly blur: number
  /** In ascending order; empty ones are left out. */
  readonly buckets: readonly { readonly from: number; readonly count: bigint }[]
}

/** More costs than this are put into buckets. */
const mostCosts = 4096
/** About how many buckets there are then. */
const wantedBuckets = 50

/**
 * How many architectures have which cost, under all constraints. Where there are more than 4,096 different costs, they are
 * counted by buckets of a round width. Every architecture is counted once; where different sums are too many to be kept
 * apart, `blur` says how far a cost may lie outside of its bucket.
 *
 * @param options `buckets`: about how many there are at least, where there are buckets
 * @throws Failure as `countArchitectures`
 */
export function costHistogram(
  ir: Ir,
  space: string,
  options: AnalysisOptions & { readonly buckets?: number },
  quantity: QuantityName,
): Histogram {
  const { buckets: many = wantedBuckets, ...rest } = options
  const analysis = analysisOf(ir, space, rest)
  const position = positionOf(analysis, quantity)
  const query = costQueryOf(analysis, [], position)
  const listing =
    query.kind === 'interval'
      ? ({ kind: 'test', quantities: [position], bounds: [query], conditions: [] } as const)
      : query
  const list =
    query.kind === 'interval' ? exactTotalsFor(analysis, listing, 16 * mostCosts) : totalsFor(analysis, listing)
  if (list?.list) {
    const at = listing.quantities.indexOf(position)
    const counts = new Map<number, bigint>()
    for (const { costs, count } of list.list) {
      const cost = costs[at] ?? 0
      counts.set(cost, (counts.get(cost) ?? 0n) + count)
    }
    const sorted = [...counts].sort(([a], [b]) => a - b)
    if (list.bucketWidth === 1 && sorted.length <= mostCosts) {
      return { quantity, bucketWidth: 1, blur: 0, buckets: sorted.map(([from, count]) => ({ from, count })) }
    }
    const [least = 0] = sorted[0] ?? []
    const [greatest = 0] = sorted.at(-1) ?? []
    const bucketWidth = Math.max(list.bucketWidth, roundWidth((greatest - least) / many))
    const summed = new Map<number, bigint>()
    for (const [cost, count] of sorted) {
      const from = Math.floor(cost / bucketWidth) * bucketWidth
      summed.set(from, (summed.get(from) ?? 0n) + count)
    }
    return { quantity, bucketWidth, blur: list.blur, buckets: [...summed].map(([from, count]) => ({ from, count })) }
  }
  const totals = totalsFor(analysis, query)
  const range = totals.extremes(0)
  if (!range) return { quantity, bucketWidth: 1, blur: 0, buckets: [] }
  const bucketWidth = Math.max(totals.bucketWidth, roundWidth((range.greatest - range.least) / many))
  const first = Math.floor(range.least / bucketWidth) * bucketWidth
  const buckets: { from: number; count: bigint }[] = []
  // Only what satisfies the constraint counts, at both ends.
  const clipped = (value: number): number => Math.min(Math.max(value, range.least), range.greatest + 1)
  let below = totals.countBelow(range.least)
  for (let from = first; from <= range.greatest; from += bucketWidth) {
    const next = totals.countBelow(clipped(from + bucketWidth))
    if (next > below) buckets.push({ from, count: next - below })
    below = next
  }
  return { quantity, bucketWidth, blur: totals.blur, buckets }
}

/** 1, 2 or 5 times a power of ten, at least as wide. */
function roundWidth(width: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, width))))
  return [1, 2, 5, 10].map((factor) => factor * power).find((round) => round >= width) ?? power
}
