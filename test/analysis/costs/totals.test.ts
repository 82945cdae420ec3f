import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostQuery } from '../../../src/analysis/costs/cost-query.js'
import { bigints, numbers } from '../../../src/analysis/costs/sums.js'
import { exactTotals, totalsOf, type Totals } from '../../../src/analysis/costs/totals.js'
import type { Arc, Diagram } from '../../../src/analysis/diagram/diagram.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { costOfPath, pathsOf, randomDiagrams } from '../../support/random-diagrams.js'

const intervals: fc.Arbitrary<CostQuery> = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 40 }))
  .map(([least, size]) => ({ kind: 'interval', quantity: 0, least, most: least + size }))

/** A test of both costs and of the last state, which no interval can say. */
const tests: fc.Arbitrary<CostQuery> = fc.integer({ min: 0, max: 30 }).map((bound) => ({
  kind: 'test',
  quantities: [0, 1],
  test: ([first = 0, second = 0], end) => first + 3 * second + end <= bound,
}))

function isMeant(query: CostQuery, path: readonly Arc[]): boolean {
  if (query.kind === 'test') return query.test([costOfPath(path, 0), costOfPath(path, 1)], path.at(-1)?.to ?? 0)
  const cost = costOfPath(path, query.quantity)
  return cost >= query.least && cost <= query.most
}

function meantPaths(diagram: Diagram, query: CostQuery): readonly (readonly Arc[])[] {
  return pathsOf(diagram).filter((path) => isMeant(query, path))
}

describe.each([
  ['an interval of one cost', intervals],
  ['a test of several costs', tests],
])('sums of costs under %s', (_, queries) => {
  it('count the paths that are meant, in numbers and in bigints', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const meant = BigInt(meantPaths(diagram, query).length)
        expect(totalsOf(numbers, diagram, query)).toMatchObject({ count: meant, leftOut: 0n, bucketWidth: 1, blur: 0 })
        expect(totalsOf(bigints, diagram, query).count).toBe(meant)
      }),
    )
  })

  it('know the least and the greatest cost', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const costs = meantPaths(diagram, query).map((path) => costOfPath(path, 0))
        const expected = costs.length === 0 ? undefined : { least: Math.min(...costs), greatest: Math.max(...costs) }
        expect(totalsOf(numbers, diagram, query).extremes(0)).toEqual(expected)
      }),
    )
  })

  it('draw paths that are meant, and all of them', () => {
    fc.assert(
      fc.property(randomDiagrams, queries, (diagram, query) => {
        const meant = meantPaths(diagram, query)
        const totals = totalsOf(numbers, diagram, query)
        if (meant.length === 0) {
          expect(() => totals.draw(createRandom(1))).toThrow(RangeError)
          return
        }
        fc.pre(meant.length <= 12)
        const random = createRandom(1)
        const drawn = new Set(Array.from({ length: 400 }, () => keyOf(diagram, totals.draw(random))))
        expect(drawn).toEqual(new Set(meant.map((path) => keyOf(diagram, path))))
      }),
      { numRuns: 50 },
    )
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
        expect(totalsOf(numbers, diagram, all).countBelow(value)).toBe(BigInt(below))
      }),
    )
  })
})

describe('sums of several costs', () => {
  it('list every pair of costs that is meant', () => {
    fc.assert(
      fc.property(randomDiagrams, tests, (diagram, query) => {
        const listed = counts(totalsOf(numbers, diagram, query).list ?? [])
        const pairs = meantPaths(diagram, query).map((path) => ({
          costs: [0, 1].map((q) => costOfPath(path, q)),
          count: 1n,
        }))
        expect(listed).toEqual(counts(pairs))
      }),
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
    }))
    const diagram: Diagram = { layers, terminals: [], decisions: new Map(), misfits: [] }
    const query: CostQuery = { kind: 'interval', quantity: 0, least: 100, most: 200 }
    expect(exactTotals(numbers, diagram, query, 8)).toBeUndefined()
    expect(exactTotals(numbers, diagram, query, 100)?.count).toBe(101n)
  })
})
