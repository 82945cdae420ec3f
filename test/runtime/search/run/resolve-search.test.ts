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

  it('holds all decisions of the space, and params of both networks', () => {
    const { decisions, params, standaloneParams, relaxed } = resolveSearch(searchIr(), { scale: 'paper' })
    expect(decisions).toHaveLength(36)
    expect(relaxed.trained).toHaveLength(28)
    expect([params['cells'], standaloneParams['cells']]).toEqual([8, 20])
  })
})
