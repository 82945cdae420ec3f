import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import {
  expectedImprovement,
  gaussianProcess,
} from '../../../../../src/runtime/search/components/derivations/gaussian-process.js'
import { appendRow, solveLower, type Factor } from '../../../../../src/support/cholesky.js'

const code = (...options: readonly number[]): ReadonlySet<string> =>
  new Set(options.map((option, decision) => `d${String(decision)}=${String(option)}`))

describe('a Gaussian process over one-hot codes', () => {
  const random = createRandom(3)
  const drawn = Array.from({ length: 40 }, () => [0, 1, 2, 3].map(() => random.integer(3)))
  const codes = [...new Map(drawn.map((options) => [options.join(), options])).values()]
  const valueOf = (options: readonly number[]): number =>
    options.reduce((sum, option, decision) => sum + option * 0.1 * (decision + 1), 0.5)
  const observed = codes.map((options) => ({ code: code(...options), value: valueOf(options) }))

  it('goes through values without noise, and is sure there', () => {
    const process = gaussianProcess(observed)
    for (const each of observed) {
      const { mean, deviation } = process.predict(each.code)
      expect(mean).toBeCloseTo(each.value, 1)
      expect(deviation).toBeLessThan(0.1)
    }
  })

  it('tells others better than the mean does, and less surely', () => {
    const [known, others] = [observed.slice(0, 24), observed.slice(24)]
    const process = gaussianProcess(known)
    const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length
    const errorOf = (guess: (of: ReadonlySet<string>) => number): number =>
      others.reduce((sum, each) => sum + (guess(each.code) - each.value) ** 2, 0)
    expect(errorOf((of) => process.predict(of).mean)).toBeLessThan(0.5 * errorOf(() => mean))
    const sure = Math.max(...known.map((each) => process.predict(each.code).deviation))
    expect(others.some((each) => process.predict(each.code).deviation > sure)).toBe(true)
  })

  it('that believes what it expects expects the same elsewhere, and is surer', () => {
    const process = gaussianProcess(observed.slice(0, 10))
    const [believed, other] = [code(2, 2, 2, 2), code(2, 2, 2, 1)]
    const before = [process.predict(believed), process.predict(other)]
    process.believe(believed)
    const after = [process.predict(believed), process.predict(other)]
    before.forEach(({ mean, deviation }, index) => {
      expect(after[index]?.mean).toBeCloseTo(mean, 8)
      expect(after[index]?.deviation).toBeLessThanOrEqual(deviation + 1e-12)
    })
  })

  it('bears one value, and equal ones', () => {
    expect(gaussianProcess([{ code: code(1), value: 0.5 }]).predict(code(2)).mean).toBe(0.5)
    const equal = gaussianProcess([0, 1, 2].map((option) => ({ code: code(option), value: 0.25 })))
    expect(equal.predict(code(5))).toEqual({ mean: 0.25, deviation: 0 })
  })
})

describe('expected improvement', () => {
  it.each([
    [0, 1, 0],
    [-1, 1, 0],
    [0.5, 0.2, 0.4],
    [2, 0.5, 1],
  ])('of mean %d and deviation %d over %d is the mean of what exceeds it', (mean, deviation, best) => {
    // The integral of the normal density over what exceeds the best, by the midpoint rule.
    const [steps, width] = [20_000, 10 * deviation]
    let sum = 0
    for (let step = 0; step < steps; step++) {
      const value = best + ((step + 0.5) / steps) * width
      const z = (value - mean) / deviation
      sum += (value - best) * Math.exp(-0.5 * z * z) * (width / steps)
    }
    expect(expectedImprovement({ mean, deviation }, best)).toBeCloseTo(sum / (deviation * Math.sqrt(2 * Math.PI)), 5)
  })

  it('of what is sure is what it exceeds the best by', () => {
    expect([0.5, 0.7].map((mean) => expectedImprovement({ mean, deviation: 0 }, 0.6))).toEqual([0, 0.7 - 0.6])
  })
})

describe('a Cholesky factor that grows by rows', () => {
  it('times its transpose is the matrix, and solves', () => {
    const random = createRandom(1)
    const root = Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => random.uniform() - 0.5))
    const entry = (i: number, j: number): number =>
      (root[i] ?? []).reduce((sum, each, k) => sum + each * (root[j]?.[k] ?? 0), i === j ? 0.1 : 0)
    const factor: Factor = []
    root.forEach((_, i) =>
      appendRow(
        factor,
        Array.from({ length: i + 1 }, (__, j) => entry(i, j)),
      ),
    )
    const product = (i: number, j: number): number =>
      (factor[j] ?? new Float64Array()).reduce((sum, each, k) => sum + each * (factor[i]?.[k] ?? 0), 0)
    root.forEach((_, i) => {
      for (let j = 0; j <= i; j++) expect(product(i, j)).toBeCloseTo(entry(i, j), 12)
    })
    const right = [1, -2, 3, 0, 0.5, 2]
    const found = solveLower(factor, right)
    factor.forEach((row, i) => {
      expect(row.reduce((sum, each, k) => sum + each * (found[k] ?? 0), 0)).toBeCloseTo(right[i] ?? NaN, 10)
    })
  })
})
