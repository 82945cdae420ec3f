import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SeriesResult } from '../../../src/runtime/index.js'
import { mean } from '../../../src/support/statistics.js'
import { nasc } from '../../support/captured.js'
import { retrainedSearch } from '../../support/scored-search.js'
import { writeTinyData } from '../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-seeds-'))
const at = (name: string): string => join(folder, name)
const small = ['--data', at('data'), '--scale', 'tiny', '--backend', 'cpu']

beforeAll(() => {
  writeTinyData(at('data'))
  writeFileSync(at('chain.nas'), retrainedSearch)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('nasc run --seeds', () => {
  it('ends with a row for each seed, mean and deviation, and says the same when it is resumed', async () => {
    const ran = await nasc('run', at('chain.nas'), ...small, '--seeds', '2', '--seed', '7', '--out', at('two'))
    expect(ran.code, ran.err).toBe(0)
    const rows = ran.out.split('\n').filter((line) => line.startsWith('│'))
    expect(rows.map((row) => row.split('│')[1]?.trim())).toEqual(['seed', '7', '8', 'mean', 'deviation'])
    expect(ran.out).toMatch(/folder +\S+two\n$/u)
    expect(ran.err).toContain('seed-8: search scored of chain')
    const again = await nasc('resume', at('two'))
    expect(again).toEqual({ code: 0, out: ran.out, err: '' })
  })

  it('gives all runs and what they have in common as JSON', async () => {
    const { code, out } = await nasc('resume', at('two'), '--json')
    expect(code).toBe(0)
    const { run, runs, figures } = JSON.parse(out) as SeriesResult
    expect(run).toBe(at('two'))
    expect(runs).toMatchObject([{ seed: 7 }, { seed: 8 }])
    expect(figures.macs?.mean).toBe(mean(runs.map(({ macs }) => macs)))
  })

  it('wants at least one', async () => {
    const { code, err } = await nasc('run', at('chain.nas'), ...small, '--seeds', '0', '--out', at('never'))
    expect(code).toBe(2)
    expect(err).toContain('--seeds')
  })
})

describe('nasc run --baseline', () => {
  it('says where what was found stands among random architectures, and names these', async () => {
    const ran = await nasc('run', at('chain.nas'), ...small, '--baseline', 'random(2)', '--out', at('beside'))
    expect(ran.code, ran.err).toBe(0)
    expect(ran.out).toMatch(/^beside random ones +better than [012] of 2(, as good as [12])?, whose mean is \S+ %/mu)
    expect(ran.out).toMatch(/^random_2 +\S+ % retrained, [\d,]+ parameters, [\d,]+ MACs$/mu)
    expect(ran.err).toContain('drew random_1: ')
    expect(await nasc('resume', at('beside'))).toEqual({ code: 0, out: ran.out, err: '' })
  })

  it.each(['best', 'random(0)', 'random(two)'])('refuses %s before it compiles', async (baseline) => {
    const { code, err } = await nasc('run', at('nowhere.nas'), '--baseline', baseline)
    expect(code).toBe(2)
    expect(err).toContain('NAS8136')
  })
})
