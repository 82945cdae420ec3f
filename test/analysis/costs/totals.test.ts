import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostBounds, CostQuery } from '../../../src/analysis/costs/cost-query.js'
import { bigints, numbers } from '../../../src/analysis/costs/sums.js'
import { exactTotals, totalsOf, type Totals } from '../../../src/analysis/costs/totals.js'
import type { Arc, Diagram } from '../../../src/analysis/diagram/diagram.js'
import { timeBudget } from '../../../src/space/index.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { costOfPath, pathsOf, randomDiagrams } from '../../support/random-diagrams.js'

const intervals: fc.Arbitrary<CostQuery> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 40 }))
  .map(([least, size]) => ({ kind: 'interval', quantity: 0, least, most: least + size }))

/** A test of both costs and of the last state, which no interval can say. */
const tests: fc.Arbitrary<CostQuery> = fc.integer({ min: 0, max: 30 }).map((bound) => ({
  kind: 'test',
  quantities: [0, 1],
  bounds: [],
  conditions: [
    { isDecidedByCorners: true, holds: ([first = 0, second = 0], end) => first + 3 * second + end <= bound },
  ],
}))

/** Both costs between two values that are near each other, and a condition that only exact costs can tell. */
const windows: fc.Arbitrary<CostQuery> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 2 }))
  .map(([least, second, rest]) => ({
    kind: 'test',
    quantities: [0, 1],
    bounds: [
      { quantity: 0, least, most: least + 2 },
      { quantity: 1, least: second, most: second + 3 },
    ],
    conditions: [{ isDecidedByCorners: false, holds: ([first = 0]) => first % 3 !== rest }],
  }))

function isMeant(query: CostQuery, path: readonly Arc[]): boolean {
  if (query.kind === 'interval') return isWithin(query, path)
  const costs = query.quantities.map((quantity) => costOfPath(path, quantity))
  return (
    query.bounds.every((bounds) => isWithin(bounds, path)) &&
    query.conditions.every(({ holds }) => holds(costs, path.at(-1)?.to ?? 0))
  )
}

function isWithin({ quantity, least, most }: CostBounds, path: readonly Arc[]): boolean {
  const cost = costOfPath(path, quantity)
  return cost >= least && cost <= most
}

function meantPaths(diagram: Diagram, query: CostQuery): readonly (readonly Arc[])[] {
  return pathsOf(diagram).filter((path) => isMeant(query, path))
}

const budget = timeBudget(1, () => 0)

describe.each([
  ['an interval of one cost', intervals],
  ['a test of several costs', tests],
  ['windows of several costs', windows],
])('sums of costs under %s', (_, queries) => {
  it('count the paths that are meant, in numbers and in bigints', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const meant = BigInt(meantPaths(diagram, query).length)
        expect(totalsOf(numbers, diagram, query, budget)).toMatchObject({
          count: meant,
          leftOut: 0n,
          bucketWidth: 1,
          blur: 0,
        })
        expect(totalsOf(bigints, diagram, query, budget).count).toBe(meant)
      }),
      { seed: 1 },
    )
  })

  it('know the least and the greatest cost', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const costs = meantPaths(diagram, query).map((path) => costOfPath(path, 0))
        const expected = costs.length === 0 ? undefined : { least: Math.min(...costs), greatest: Math.max(...costs) }
        expect(totalsOf(numbers, diagram, query, budget).extremes(0)).toEqual(expected)
      }),
      { seed: 1 },
    )
  })

  it('draw paths that are meant, and all of them', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const meant = meantPaths(diagram, query)
        const totals = totalsOf(numbers, diagram, query, budget)
        if (meant.length === 0) {
          expect(() => totals.draw(createRandom(1))).toThrow(RangeError)
          return
        }
        fc.pre(meant.length <= 12)
        const random = createRandom(1)
        const drawn = new Set(Array.from({ length: 400 }, () => keyOf(diagram, totals.draw(random) ?? [])))
        expect(drawn).toEqual(new Set(meant.map((path) => keyOf(diagram, path))))
      }),
      { numRuns: 50, seed: 1 },
    )
  })
})

describe.each([
  ['an interval of one cost', intervals],
  ['one cost', intervals.map((query) => ({ ...query, most: 'least' in query ? query.least : 0 }))],
  ['a test of several costs', tests],
  ['windows of several costs', windows],
])('sums that are kept coarsely, under %s', (_, queries) => {
  const coarse = fc.integer({ min: 1, max: 5 })

  it('are bounds of what is meant', () => {
    let rounded = 0
    fc.assert(
      fc.property(randomDiagrams, queries, coarse, (diagram, query, most) => {
        const meant = meantPaths(diagram, query)
        const { count, leftOut, blur, extremes, possibleExtremes } = totalsOf(bigints, diagram, query, budget, most)
        if (blur > 0) rounded++
        expect(count).toBeLessThanOrEqual(meant.length)
        expect(count + leftOut).toBeGreaterThanOrEqual(meant.length)
        const [sure, possible] = [extremes(0), possibleExtremes(0)]
        for (const cost of meant.map((path) => costOfPath(path, 0))) {
          expect(possible?.least).toBeLessThanOrEqual(cost)
          expect(possible?.greatest).toBeGreaterThanOrEqual(cost)
        }
        if (sure)
          expect(sure.least + blur).toBeGreaterThanOrEqual(Math.min(...meant.map((path) => costOfPath(path, 0))))
      }),
      { seed: 1 },
    )
    expect(rounded).toBeGreaterThan(20)
  })

  it('give every path that is meant the same chance, and no other one', () => {
    let square = 0
    let degrees = 0
    fc.assert(
      fc.property(randomDiagrams, queries, coarse, (diagram, query, most) => {
        const meant = meantPaths(diagram, query)
        const totals = totalsOf(numbers, diagram, query, budget, most)
        fc.pre(totals.blur > 0 && meant.length > 0 && meant.length <= 12)
        const random = createRandom(1)
        const drawn = new Map(meant.map((path) => [keyOf(diagram, path), 0]))
        for (let draw = 0; draw < 20 * meant.length; draw++) {
          const key = keyOf(diagram, totals.draw(random) ?? [])
          expect(drawn.has(key)).toBe(true)
          drawn.set(key, (drawn.get(key) ?? 0) + 1)
        }
        square += [...drawn.values()].reduce((sum, count) => sum + (count - 20) ** 2 / 20, 0)
        degrees += meant.length - 1
      }),
      { numRuns: 60, seed: 7 },
    )
    // Chi-square of all of them together, which is about normal: four standard deviations.
    expect(degrees).toBeGreaterThan(30)
    expect(square).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees))
  })
})

/** Which arcs a path takes: two arcs between the same states are two paths. */
function keyOf({ layers }: Diagram, path: readonly Arc[]): string {
  return path.map((arc, index) => layers[index]?.arcs.indexOf(arc)).join()
}

describe('sums of one cost', () => {
  it('count what lies below a value', () => {
    const all: CostQuery = { kind: 'interval', quantity: 0, least: 0, most: Infinity }
    fc.assert(
      fc.property(randomDiagrams, fc.integer({ min: 0, max: 70 }), (diagram, value) => {
        const below = pathsOf(diagram).filter((path) => costOfPath(path, 0) < value).length
        expect(totalsOf(numbers, diagram, all, budget).countBelow(value)).toBe(BigInt(below))
      }),
      { seed: 1 },
    )
  })
})

describe('sums of several costs', () => {
  it('list every pair of costs that is meant', () => {
    fc.assert(
      fc.property(randomDiagrams, tests, (diagram, query) => {
        const listed = counts(totalsOf(numbers, diagram, query, budget).list ?? [])
        const pairs = meantPaths(diagram, query).map((path) => ({
          costs: [0, 1].map((q) => costOfPath(path, q)),
          count: 1n,
        }))
        expect(listed).toEqual(counts(pairs))
      }),
      { seed: 1 },
    )
  })
})

function counts(entries: NonNullable<Totals['list']>): ReadonlyMap<string, bigint> {
  const found = new Map<string, bigint>()
  for (const { costs, count } of entries) found.set(costs.join(), (found.get(costs.join()) ?? 0n) + count)
  return found
}

describe('fewer sums than there are', () => {
  it('are no exact totals', () => {
    // Costs 1, 2, 4, 8, …: every subset has a sum of its own.
    const layers = Array.from({ length: 10 }, (_, index) => ({
      at: `layer ${index}`,
      arcs: [0, 2 ** index].map((cost): Arc => ({ from: 0, to: 0, selections: [], costs: [cost] })),
      states: 1,
      next: 1,
      outputs: [undefined],
    }))
    const diagram: Diagram = { layers, terminals: [], decisions: new Map(), misfits: [] }
    const query: CostQuery = { kind: 'interval', quantity: 0, least: 100, most: 200 }
    expect(exactTotals(numbers, diagram, query, budget, 8)).toBeUndefined()
    expect(exactTotals(numbers, diagram, query, budget, 100)?.count).toBe(101n)
  })
})
