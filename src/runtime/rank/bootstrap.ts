import type { Random } from '../random/random.js'
import { rankCorrelation, type Pair, type RankCorrelation } from '../../support/rank-correlation.js'

/** Both ends, the lower one first. */
export type Interval = readonly [low: number, high: number]

export interface BootstrapRequest {
  readonly resamples: number
  /** In 0..1: the share of resamples that lie within the interval. */
  readonly confidence: number
  readonly random: Random
}

/** Undefined where no resample has a correlation. */
export type CorrelationIntervals = { readonly [Name in keyof RankCorrelation]: Interval | undefined }

/**
 * Percentile bootstrap (Efron 1979): architectures are drawn anew with repetition, both numbers of one together. Resamples
 * without an order (all of one side equal) say nothing and are left out.
 */
export function bootstrapIntervals(pairs: readonly Pair[], request: BootstrapRequest): CorrelationIntervals {
  const { resamples, confidence, random } = request
  const taus: number[] = []
  const rhos: number[] = []
  for (let resample = 0; resample < resamples; resample++) {
    const draws = random.stream(String(resample))
    const drawn = pairs.map((pair) => pairs[draws.integer(pairs.length)] ?? pair)
    const { kendallTau, spearman } = rankCorrelation(drawn)
    if (kendallTau !== undefined) taus.push(kendallTau)
    if (spearman !== undefined) rhos.push(spearman)
  }
  return { kendallTau: percentileInterval(taus, confidence), spearman: percentileInterval(rhos, confidence) }
}

/** What leaves equal shares outside on both sides, between neighbours by linear interpolation. */
export function percentileInterval(values: readonly number[], confidence: number): Interval | undefined {
  if (values.length === 0) return undefined
  const sorted = Float64Array.from(values).sort()
  const outside = (1 - confidence) / 2
  return [quantile(sorted, outside), quantile(sorted, 1 - outside)]
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? 0
  return low + (place - below) * ((sorted[below + 1] ?? low) - low)
}
