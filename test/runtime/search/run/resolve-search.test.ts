import { describe, expect, it } from 'vitest'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { failureOf } from '../../../support/failures.js'
import { searchIr, unlawfulSearchIr } from '../../../support/search-ir.js'

describe('a search that is resolved', () => {
  it('refuses decisions that no clause relaxes, and clauses that relax nothing', async () => {
    const open = unlawfulSearchIr(({ relax }) => ({ relax: relax.filter(({ target }) => target === 'through') }))
    expect(await failureOf(() => resolveSearch(open, { scale: 'tiny' }))).toMatchObject({
      code: 'NAS7518',
      message: expect.stringContaining('normal.n') as string,
    })
    const idle = unlawfulSearchIr(({ relax }) => ({
      relax: [...relax, ...relax.slice(0, 1).map(({ by }) => ({ target: 'width', by }))],
    }))
    expect((await failureOf(() => resolveSearch(idle, { scale: 'tiny' }))).help).toContain('from, through')
  })

  it('refuses choices that nobody trains', async () => {
    const idle = unlawfulSearchIr(({ train }) => ({ train: train.slice(0, 1) }))
    expect((await failureOf(() => resolveSearch(idle, { scale: 'tiny' }))).help).toContain('train choices')
  })

  it('refuses to retrain what it does not search', async () => {
    const set = { cells: 2 }
    expect(await failureOf(() => resolveSearch(searchIr(), { scale: 'tiny', set }))).toMatchObject({
      code: 'NAS7532',
      message: expect.stringContaining('normal.n1.from') as string,
    })
    expect(resolveSearch(searchIr(), { scale: 'tiny', set: { ...set, 'retrain.cells': 2 } }).decisions).toHaveLength(18)
  })

  it('refuses choices that look ahead where another network teaches', async () => {
    const ahead: readonly [string, string] = ['epochs 2, batch 8\n', 'epochs 2, batch 8, second_order\n']
    const refused = (...change: readonly [string, string]) =>
      failureOf(() => resolveSearch(searchIr(ahead, change), { scale: 'tiny' }))
    expect(resolveSearch(searchIr(ahead), { scale: 'tiny' }).plan.choices?.settings.second_order).toBe(true)
    expect(await refused('minimise cross_entropy', 'minimise cross_entropy + distill(from: largest)')).toMatchObject({
      code: 'NAS7533',
      message: expect.stringContaining('teaches') as string,
    })
  })

  it('holds all decisions of the space, and params of both networks', () => {
    const { decisions, params, standaloneParams, relaxed } = resolveSearch(searchIr(), { scale: 'paper' })
    expect(decisions).toHaveLength(36)
    expect(relaxed.trained).toHaveLength(28)
    expect([params['cells'], standaloneParams['cells']]).toEqual([8, 20])
  })
})
