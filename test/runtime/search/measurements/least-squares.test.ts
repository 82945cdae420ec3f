import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src/runtime/random/random.js'
import {
  bestLeastSquares,
  leastSquares,
  linearValue,
  type Point,
} from '../../../../src/runtime/search/measurements/least-squares.js'

function pointsOf(count: number, size: number, seed: number, noise: number): readonly Point[] {
  const random = createRandom(seed)
  const factors = Float64Array.from({ length: size }, () => random.normal())
  return Array.from({ length: count }, () => {
    const features = Float64Array.from({ length: size }, () => random.normal())
    const exact = features.reduce((sum, each, i) => sum + each * (factors[i] ?? 0), 3)
    return { features, value: exact + noise * random.normal() }
  })
}

function errorOf(found: ReturnType<typeof leastSquares>, points: readonly Point[]): number {
  return points.reduce((sum, { features, value }) => sum + (linearValue(found, features) - value) ** 2, 0)
}

describe('least squares', () => {
  it('find a linear function again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer(), (size, seed) => {
        const points = pointsOf(40, size, seed, 0)
        expect(errorOf(leastSquares(points, 0), points)).toBeLessThan(1e-9)
      }),
      { numRuns: 30, seed: 1 },
    )
  })

  it('leave no direction in which the penalised error falls', () => {
    const points = pointsOf(30, 4, 1, 1)
    const found = leastSquares(points, 2)
    const objective = (factors: Float64Array): number =>
      errorOf({ ...found, factors }, points) + 2 * factors.reduce((sum, each) => sum + each * each, 0)
    const best = objective(found.factors)
    for (let i = 0; i < 4; i++) {
      for (const step of [-1e-3, 1e-3]) {
        expect(objective(found.factors.map((each, at) => each + (at === i ? step : 0)))).toBeGreaterThan(best)
      }
    }
  })

  it('are the mean of points that have no features', () => {
    const points = [1, 2, 6].map((value) => ({ features: [], value }))
    expect(linearValue(leastSquares(points, 1), [])).toBe(3)
  })

  it('penalise few and noisy points by as much as tells others best', () => {
    const [seen, unseen] = [pointsOf(420, 20, 3, 6).slice(0, 30), pointsOf(420, 20, 3, 6).slice(30)]
    expect(errorOf(bestLeastSquares(seen, 5), unseen)).toBeLessThan(0.8 * errorOf(leastSquares(seen, 1e-3), unseen))
  })
})
