import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'

const darts = 'spaces/darts.nas'
/** 20 cells, 36 channels: the evaluation setting of the DARTS paper. */
const paper = ['--set', 'cells=20', '--set', 'width=36']

describe('nasc cost', () => {
  // Counted from the genotypes by papers' own code (darts-family.md, 1.6).
  it.each([
    ['DARTS_V1', 3_169_414, '3,169,414'],
    ['DARTS_V2', 3_349_342, '3,349,342'],
    ['PC_DARTS_cifar', 3_634_678, '3,634,678'],
  ])('of %s is exact', async (name, parameters, words) => {
    const asJson = await nasc('cost', darts, '--arch', name, ...paper, '--json')
    expect(asJson).toMatchObject({ code: 0, err: '' })
    const cost = JSON.parse(asJson.out)
    expect(cost.parameters).toBe(parameters)
    const forPeople = await nasc('cost', darts, '--arch', name, ...paper)
    expect(forPeople.out).toContain(words)
    expect(forPeople.out).toContain('conv-fc')
  })

  it('of the supernet of 8 cells and 16 channels', async () => {
    const { out } = await nasc('cost', darts, '--supernet', '--json')
    const cost = JSON.parse(out)
    expect(cost.parameters).toBe(1_930_618)
    expect((cost.macs / 1e6).toFixed(2)).toBe('300.26')
  })

  it('has the fields of the contract, and layers that sum to the whole', async () => {
    const { out } = await nasc('cost', darts, '--arch', 'DARTS_V2', ...paper, '--json')
    const cost = JSON.parse(out)
    expect((cost.macs / 1e6).toFixed(2)).toBe('528.36')
    expect(cost.convention).toBe('conv-fc')
    expect(cost.activationBytes).toBeGreaterThan(0)
    const sum = (key: string): number =>
      cost.layers.reduce((total: number, row: Record<string, number>) => total + row[key]!, 0)
    expect(sum('parameters')).toBe(cost.parameters)
    expect(sum('macs')).toBe(cost.macs)
    expect(Object.keys(cost.layers[0]).sort()).toEqual(['in', 'macs', 'op', 'out', 'parameters', 'path'])
  })

  it('groups layers by the first parts of their paths with --depth', async () => {
    const { out } = await nasc('cost', darts, '--arch', 'DARTS_V2', '--set', 'cells=3', '--depth', '1')
    const rows = out.split('\n').filter((line) => /cells\[\d\]/.test(line))
    expect(rows).toHaveLength(3)
  })

  it('counts more under the full convention', async () => {
    const macs = async (convention: string): Promise<number> =>
      JSON.parse((await nasc('cost', darts, '--supernet', '--convention', convention, '--json')).out).macs
    expect(await macs('full')).toBeGreaterThan(await macs('conv-fc'))
  })

  it('takes an architecture from a file of its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nasc-test-'))
    const file = join(folder, 'mine.nas')
    const edges = (s0: string, s1: string): string =>
      ['n1', 'n2', 'n3', 'n4'].map((node) => `${node}: ${s0} of s0, ${s1} of s1`).join('; ')
    writeFileSync(
      file,
      `architecture MINE of darts { normal { ${edges('skip', 'sep_conv(3)')} } reduction { ${edges('max_pool(3)', 'skip')} } }`,
    )
    const { code, out, err } = await nasc('cost', darts, '--arch', file, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).parameters).toBeGreaterThan(0)
  })

  it('is the same for the compiled file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'nasc-test-'))
    expect((await nasc('compile', darts, '--out', folder)).code).toBe(0)
    const fromIr = await nasc('cost', join(folder, 'darts.ir.json'), '--arch', 'DARTS_V1', '--json')
    const fromText = await nasc('cost', darts, '--arch', 'DARTS_V1', '--json')
    expect(fromIr).toEqual(fromText)
  })
})
