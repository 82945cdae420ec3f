import { describe, expect, it } from 'vitest'
import { createRandom } from '../../src/runtime/random/random.js'
import { kendallTau, meanRanks, spearman, type Pair } from '../../src/support/rank-correlation.js'

const pairs = (xs: readonly number[], ys: readonly number[]): readonly Pair[] =>
  xs.map((x, index) => ({ x, y: ys[index] ?? NaN }))

/** By the definition: all pairs of pairs. */
function tauByDefinition(all: readonly Pair[]): number | undefined {
  let [agreeing, untiedX, untiedY] = [0, 0, 0]
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j < i; j++) {
      const x = Math.sign((all[i]?.x ?? 0) - (all[j]?.x ?? 0))
      const y = Math.sign((all[i]?.y ?? 0) - (all[j]?.y ?? 0))
      agreeing += x * y
      untiedX += x * x
      untiedY += y * y
    }
  }
  return untiedX * untiedY === 0 ? undefined : agreeing / Math.sqrt(untiedX * untiedY)
}

/** A rank is one more than how many are smaller, plus half of how many others are equal. */
function rhoByDefinition(all: readonly Pair[]): number | undefined {
  const ranks = (values: readonly number[]): readonly number[] =>
    values.map((value) => {
      const smaller = values.filter((other) => other < value).length
      const equal = values.filter((other) => other === value).length
      return smaller + (equal + 1) / 2
    })
  const xs = ranks(all.map(({ x }) => x))
  const ys = ranks(all.map(({ y }) => y))
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const covariance = (a: readonly number[], b: readonly number[]): number =>
    mean(a.map((value, index) => value * (b[index] ?? 0))) - mean(a) * mean(b)
  const spread = covariance(xs, xs) * covariance(ys, ys)
  return spread < 1e-9 ? undefined : covariance(xs, ys) / Math.sqrt(spread)
}

describe('rank correlation', () => {
  it.each([
    // One swap of neighbours among four: (5 - 1) / 6; 1 - 6 * 2 / 60.
    ['one swap', [1, 2, 3, 4], [1, 3, 2, 4], 2 / 3, 0.8],
    ['the same order', [0.1, 0.5, 0.7], [10, 20, 30], 1, 1],
    ['the reverse', [1, 2, 3, 4, 5], [9, 7, 5, 3, 1], -1, -1],
    // Pairs: 6, one tied in x, 4 agree, 1 disagrees: 3 / sqrt(5 * 6). Ranks 1, 2.5, 2.5, 4 by 1, 2, 4, 3.
    ['a tie on one side', [1, 2, 2, 3], [1, 2, 4, 3], 3 / Math.sqrt(30), 3 / Math.sqrt(4.5 * 5)],
    // 10 pairs: one tied in both, one in x; the other 8 agree: 8 / sqrt(8 * 9). Ranks 1.5, 1.5, 3.5, 3.5, 5 by 1.5, 1.5, 3, 4, 5.
    ['ties on both sides', [1, 1, 2, 2, 3], [1, 1, 2, 3, 4], 8 / Math.sqrt(72), 9 / Math.sqrt(9 * 9.5)],
  ] as const)('is that of %s', (_what, xs, ys, tau, rho) => {
    expect(kendallTau(pairs(xs, ys))).toBeCloseTo(tau, 12)
    expect(spearman(pairs(xs, ys))).toBeCloseTo(rho, 12)
  })

  it.each([
    ['one side is equal', [1, 1, 1], [1, 2, 3]],
    ['the other side is', [1, 2], [3, 3]],
    ['there is one', [1], [1]],
    ['there is none', [], []],
  ])('is none where %s', (_what, xs, ys) => {
    expect(kendallTau(pairs(xs, ys))).toBeUndefined()
    expect(spearman(pairs(xs, ys))).toBeUndefined()
  })

  it('is as defined for hundreds of random lists, with many ties and few', () => {
    const random = createRandom(11, 'rank')
    for (let trial = 0; trial < 600; trial++) {
      const values = 1 + random.integer(trial % 2 === 0 ? 4 : 1000)
      const all = Array.from({ length: 2 + random.integer(24) }, () => ({
        x: random.integer(values) / 8 - 1,
        y: random.integer(values),
      }))
      const [tau, rho] = [kendallTau(all), spearman(all)]
      const [expectedTau, expectedRho] = [tauByDefinition(all), rhoByDefinition(all)]
      expect(tau === undefined).toBe(expectedTau === undefined)
      expect(rho === undefined).toBe(expectedRho === undefined)
      if (expectedTau !== undefined) expect(tau).toBeCloseTo(expectedTau, 9)
      if (expectedRho !== undefined) expect(rho).toBeCloseTo(expectedRho, 9)
    }
  })

  it('gives equal values the mean of their ranks', () => {
    expect(meanRanks([0.5, 0.2, 0.5, 0.9, 0.5])).toEqual([3, 1, 3, 5, 3])
    expect(meanRanks([-1, -2])).toEqual([2, 1])
  })
})
