import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { scoredSearch } from '../../support/scored-search.js'
import { writeTinyData } from '../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-search-'))
const at = (name: string): string => join(folder, name)

beforeAll(async () => {
  writeTinyData(at('data'))
  writeFileSync(at('chain.nas'), scoredSearch('random(count: 2)'))
  const small = ['--data', at('data'), '--scale', 'tiny', '--backend', 'cpu']
  const { code, err } = await nasc('run', at('chain.nas'), ...small, '--out', at('run'))
  expect(code, err).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('nasc search', () => {
  it('ends as a run does, in a run directory of its own that can be resumed and evaluated', async () => {
    const found = await nasc('search', at('run'), '--by', 'random(count: 3)', '--out', at('again'))
    expect(found.code, found.err).toBe(0)
    expect(found.out).toMatch(/^architecture derived of chain/u)
    expect(found.out).toMatch(/run directory +\S+again\n/u)
    expect((await nasc('resume', at('again'))).out).toBe(found.out)
    expect((await nasc('eval', at('again'))).code).toBe(0)
  })

  it.each([
    ['an unknown derivation', 'evolutio(5)', 1, 'did you mean evolution?'],
    ['an argument of the wrong type', 'evolution(population: true)', 1, '--by:1:23'],
    ['more than a derivation', 'random(count: 1)\n  calibrate 3', 2, 'it sets calibrate'],
    [
      'a declaration besides',
      'random(count: 1)\n}\nsearch other of any_space like any_search {',
      2,
      'it declares something',
    ],
    ['one that scores nothing', 'argmax', 1, 'NAS7608'],
  ] as const)('refuses %s where it stands', async (_what, by, code, words) => {
    const refused = await nasc('search', at('run'), '--by', by, '--out', at('never'))
    expect({ code: refused.code, out: refused.out }).toEqual({ code, out: '' })
    expect(refused.err).toContain(words)
    expect(refused.err).not.toMatch(/\n\s+at /u)
  })

  it('wants to know by what', async () => {
    const { code, err } = await nasc('search', at('run'))
    expect(code).toBe(2)
    expect(err).toContain('--by DERIVATION')
  })
})
