import { describe, expect, it } from 'vitest'
import { countFree } from '../../../src/analysis/queries/unconstrained.js'
import type { ExploredDecision } from '../../../src/space/architectures/exploration.js'
import { timeBudget } from '../../../src/space/index.js'
import { failureOf } from '../../support/failures.js'

/** Any set of so many sources, and a choice of two that exists if one of the first two is taken. */
function hangingOnTwo(sources: number): readonly ExploredDecision[] {
  const options = Array.from({ length: sources }, (_, index) => `s${index}`)
  return [
    { decision: { path: 'n.from', kind: 'from', options, arity: { least: 0, most: sources } }, gates: new Map() },
    { decision: { path: 'n.k', kind: 'k', options: ['1', '3'] }, gates: new Map([['n.from', new Set([0, 1])]]) },
  ]
}

describe('decisions that hang on several options of a set', () => {
  it('are counted set by set', () => {
    // Of eight sets, two have neither of the first two.
    expect(
      countFree(
        hangingOnTwo(3),
        timeBudget(1, () => 0),
      ),
    ).toBe(2n + 6n * 2n)
  })

  it('are given up where there are too many sets', async () => {
    const { code, message } = await failureOf(() =>
      countFree(
        hangingOnTwo(24),
        timeBudget(1, () => 0),
      ),
    )
    expect([code, message]).toEqual([
      'NAS6140',
      'The space is not analysed: `n.from` is too large, more than 1,048,576 sets of options would have to be kept.',
    ])
  })
})
