import { describe, expect, it } from 'vitest'
import { budgetOf, limitAnalysis, timeBudget } from '../../../src/space/index.js'
import { compiledText } from '../../support/programs.js'
import { failureOf } from '../../support/failures.js'

describe('a budget', () => {
  it('ends with the part that is worked on once its time is over', async () => {
    let time = 0
    const budget = timeBudget(2, () => time)
    budget.enter('normal.n2')
    time = 2000
    budget.spend(1_000_000)
    time = 2001
    expect(await failureOf(() => budget.spend(1_000_000))).toEqual({
      code: 'NAS6139',
      message: 'The space is not analysed: after 2 s the analysis was still at `normal.n2`.',
      help: 'Allow more time with `--budget SECONDS`, or make that part smaller: fewer options, or fewer decisions that hang together.',
    })
  })

  it('looks at the clock once in some thousand units', () => {
    let looks = 0
    const budget = timeBudget(1, () => looks++)
    for (let unit = 0; unit < 100_000; unit++) budget.spend()
    expect(looks).toBe(1 + 24)
  })

  it('bounds what is kept at once', async () => {
    const budget = timeBudget(1, () => 0)
    budget.enter('stage1.layer[3]')
    budget.demandRoom(10, 10, 'arcs')
    const { code, message } = await failureOf(() => budget.demandRoom(1001, 1000, 'arcs'))
    expect([code, message]).toEqual([
      'NAS6140',
      'The space is not analysed: `stage1.layer[3]` is too large, more than 1,000 arcs would have to be kept.',
    ])
  })

  it('belongs to a program', () => {
    const [first, second] = [compiledText('param a = 1'), compiledText('param a = 2')]
    const budget = timeBudget(1, () => 0)
    limitAnalysis(first, budget)
    expect(budgetOf(first)).toBe(budget)
    expect(budgetOf(second)).not.toBe(budget)
    expect(budgetOf(second)).toBe(budgetOf(second))
  })
})
