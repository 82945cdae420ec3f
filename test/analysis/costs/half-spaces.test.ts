import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CostQuery } from '../../../src/analysis/costs/cost-query.js'
import { halfSpacesOf, isSurelyNone } from '../../../src/analysis/costs/half-spaces.js'
import type { Diagram } from '../../../src/analysis/diagram/diagram.js'
import { timeBudget } from '../../../src/space/index.js'
import { costOfPath, pathsOf, randomDiagrams } from '../../support/random-diagrams.js'

const budget = timeBudget(1, () => 0)

interface Ends {
  readonly least: number
  readonly most: number
}

function windows(first: Ends, second: Ends): CostQuery {
  return {
    kind: 'test',
    quantities: [0, 1],
    bounds: [
      { quantity: 0, ...first },
      { quantity: 1, ...second },
    ],
    conditions: [],
  }
}

const ends = (greatest: number): fc.Arbitrary<Ends> =>
  fc
    .tuple(fc.integer({ min: -1, max: greatest }), fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(Infinity)))
    .map(([least, size]) => ({ least, most: least + size }))

/** Three layers in each of which a step is cheap in both costs or dear in both. */
const together: Diagram = {
  layers: [1, 2, 3].map((number) => ({
    at: `layer ${number}`,
    states: 1,
    next: 1,
    outputs: [undefined],
    arcs: [1, 2, 3].map((size) => ({ from: 0, to: 0, selections: [], costs: [10 * size, size] })),
  })),
  terminals: [],
  decisions: new Map(),
  misfits: [],
}

describe('half-spaces of bounds on two costs', () => {
  it('hold every path that is meant', () => {
    fc.assert(
      fc.property(randomDiagrams, ends(30), ends(12), (diagram, first, second) => {
        const query = windows(first, second)
        const meant = pathsOf(diagram)
          .map((path) => [costOfPath(path, 0), costOfPath(path, 1)] as const)
          .filter(([a, b]) => a >= first.least && a <= first.most && b >= second.least && b <= second.most)
        const halfSpaces = halfSpacesOf(diagram, query, budget)
        for (const [a, b] of meant) {
          for (const { weights, most } of halfSpaces)
            expect((weights[0] ?? 0) * a + (weights[1] ?? 0) * b).toBeLessThanOrEqual(most)
        }
        if (meant.length > 0) expect(isSurelyNone(diagram, query, budget)).toBe(false)
      }),
      { seed: 1 },
    )
  })

  it('tell that nothing is left where costs go along with each other, and neither bound tells by itself', () => {
    expect(isSurelyNone(together, windows({ least: 0, most: 60 }, { least: 7, most: Infinity }), budget)).toBe(true)
    expect(isSurelyNone(together, windows({ least: 65, most: Infinity }, { least: 0, most: 6 }), budget)).toBe(true)
    expect(isSurelyNone(together, windows({ least: 0, most: 60 }, { least: 6, most: Infinity }), budget)).toBe(false)
    expect(isSurelyNone(together, windows({ least: 0, most: 60 }, { least: 0, most: 5 }), budget)).toBe(false)
  })
})
