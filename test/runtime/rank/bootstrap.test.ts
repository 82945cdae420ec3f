import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../src/runtime/random/random.js'
import { bootstrapIntervals, percentileInterval } from '../../../src/runtime/rank/bootstrap.js'
import { kendallTau, spearman, type Pair } from '../../../src/support/rank-correlation.js'

/** Every way of drawing n out of n with repetition, each as likely as any other. */
function everyResample(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  let all: readonly (readonly Pair[])[] = [[]]
  for (let place = 0; place < pairs.length; place++) {
    all = all.flatMap((begun) => pairs.map((pair) => [...begun, pair]))
  }
  return all
}

describe('bootstrap intervals', () => {
  it('leave equal shares outside, with linear interpolation between neighbours', () => {
    const tenths = Array.from({ length: 11 }, (_, index) => (10 - index) / 10)
    expect(percentileInterval(tenths, 0.8)?.map((end) => Number(end.toFixed(9)))).toEqual([0.1, 0.9])
    expect(percentileInterval([0, 1], 0.5)).toEqual([0.25, 0.75])
    expect(percentileInterval([0.3], 0.95)).toEqual([0.3, 0.3])
    expect(percentileInterval([], 0.95)).toBeUndefined()
  })

  it('come to those of all resamples there are, as more are drawn', () => {
    const pairs = [3, 1, 4, 2, 5].map((y, x) => ({ x, y }))
    const all = everyResample(pairs)
    expect(all).toHaveLength(3125)
    const defined = (of: (drawn: readonly Pair[]) => number | undefined): readonly number[] =>
      all.map(of).filter((value) => value !== undefined)
    const found = bootstrapIntervals(pairs, { resamples: 4000, confidence: 0.8, random: createRandom(3, 'rank') })
    const expected = [percentileInterval(defined(kendallTau), 0.8), percentileInterval(defined(spearman), 0.8)]
    ;[found.kendallTau, found.spearman].forEach((interval, index) => {
      interval?.forEach((end, side) => expect(Math.abs(end - (expected[index]?.[side] ?? NaN))).toBeLessThan(0.06))
    })
  })

  it('are the same for the same seed, and others for another', () => {
    const random = createRandom(5, 'pairs')
    const pairs = Array.from({ length: 12 }, (_, x) => ({ x, y: x + 6 * random.uniform() }))
    const of = (seed: number) =>
      bootstrapIntervals(pairs, { resamples: 50, confidence: 0.9, random: createRandom(seed, 'rank') })
    expect(of(1)).toEqual(of(1))
    expect(of(1)).not.toEqual(of(2))
  })

  it('are none where no resample has an order', () => {
    const equal = [1, 1, 1].map((x, y) => ({ x, y }))
    const request = { resamples: 20, confidence: 0.95, random: createRandom(1) }
    expect(bootstrapIntervals(equal, request)).toEqual({ kendallTau: undefined, spearman: undefined })
  })
})
