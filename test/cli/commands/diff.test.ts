import { describe, expect, it } from 'vitest'
import { nasc } from '../../support/captured.js'
import { chain, written } from '../../support/spaces-of-tests.js'

interface Diff {
  readonly relation: string
  readonly changes: readonly { readonly kind: string; readonly [key: string]: unknown }[]
  readonly results: readonly {
    readonly architecture: string
    readonly valid: boolean
    readonly reasons: readonly string[]
    readonly parameters: { readonly old: number; readonly new?: number }
  }[]
}

const bare = chain.replace(/architecture[^]*$/, '')

async function diff(old: string, now: string): Promise<Diff> {
  const files = written({ 'old.nas': old, 'new.nas': now })
  const { code, out } = await nasc('diff', files['old.nas'] ?? '', files['new.nas'] ?? '', '--json')
  expect(code).toBe(0)
  return JSON.parse(out)
}

describe('nasc diff', () => {
  it('of a space and itself is equal; every result is valid at the same cost', async () => {
    const { relation, changes, results } = await diff(
      chain,
      `// A comment.\n${bare.replace('one of {4, 8}', 'one of {8, 4}')}`,
    )
    expect({ relation, changes }).toEqual({ relation: 'equal', changes: [] })
    expect(results.map(({ architecture, valid }) => [architecture, valid])).toEqual([
      ['Small', true],
      ['Wide', true],
    ])
    for (const { parameters } of results) expect(parameters.new).toBe(parameters.old)
  })

  it('shrinks where options go, and says which results go with them', async () => {
    const { relation, changes, results } = await diff(chain, bare.replace('one of {4, 8}', 'one of {4}'))
    expect(relation).toBe('shrinks')
    expect(changes).toEqual([{ kind: 'options-changed', path: 'a.width', added: [], removed: ['8'] }])
    expect(results).toMatchObject([
      { architecture: 'Small', valid: true },
      { architecture: 'Wide', valid: false, reasons: ['a.width cannot be 8 any more'] },
    ])
  })

  it('grows where a depth is added with decisions of its own', async () => {
    const { relation, changes, results } = await diff(chain, bare.replace('1..2', '1..3'))
    expect(relation).toBe('grows')
    expect(changes.map(({ kind, path }) => [kind, path])).toEqual([
      ['options-changed', 'a.depth'],
      ['decision-added', 'a.layer[3].kernel'],
    ])
    expect(results.every(({ valid }) => valid)).toBe(true)
  })

  it('moves where a new decision must be answered', async () => {
    const { relation, results } = await diff(chain, bare.replace('width 8; depth 1', 'width one of {8, 16}; depth 1'))
    expect(relation).toBe('moves')
    expect(results.map(({ valid }) => valid)).toEqual([false, false])
    expect(results[0]?.reasons.join()).toContain('b.width')
  })

  it('moves where the same decisions mean another network', async () => {
    const { relation, changes, results } = await diff(
      chain,
      bare.replace('-> bn -> relu', '-> relu').replace('bn, ', ''),
    )
    expect(relation).toBe('moves')
    expect(changes.map(({ kind }) => kind)).toContain('operation-changed')
    expect(changes.map(({ kind }) => kind)).toContain('cost-changed')
    // The batch norms of a layer of 4 channels and of stage b.
    expect(results[0]).toMatchObject({ valid: true })
    expect((results[0]?.parameters.old ?? 0) - (results[0]?.parameters.new ?? 0)).toBe(2 * 4 + 2 * 8)
  })

  it('shrinks under a constraint, more so under a tighter one, and grows without', async () => {
    const bounded = (bound: string): string => bare.replace('  network {', `  require macs <= ${bound}\n  network {`)
    expect(await diff(bare, bounded('100k'))).toMatchObject({
      relation: 'shrinks',
      changes: [{ kind: 'constraint-added' }],
    })
    expect(await diff(bounded('100k'), bounded('70k'))).toMatchObject({
      relation: 'shrinks',
      changes: [{ kind: 'constraint-tightened', old: 'macs <= 100k', new: 'macs <= 70k' }],
    })
    expect(await diff(bounded('70k'), bounded('100k'))).toMatchObject({ relation: 'grows' })
    expect(await diff(bounded('70k'), bare)).toMatchObject({
      relation: 'grows',
      changes: [{ kind: 'constraint-removed' }],
    })
  })

  const requiring = (requires: string): string => bare.replace('  network {', `  require ${requires}\n  network {`)

  it.each([
    // Widths are 4 and 8, depths 1 and 2: compared by every answer, however it is written.
    ['a.width < 8', 'not (a.width == 8)', 'equal', undefined],
    ['a.width < 8', 'a.width <= 8', 'grows', 'constraint-loosened'],
    ['a.width == 4 or a.depth == 1', 'a.width == 4 and a.depth == 1', 'shrinks', 'constraint-tightened'],
    ['a.width == 4 or a.depth == 1', 'a.width == 4 or a.depth == 2', 'moves', 'constraint-changed'],
    ['a.width in {4, 8}', 'a.width in {4}', 'shrinks', 'constraint-tightened'],
    // Bounds of one cost are one interval.
    ['macs <= 100k', 'macs <= 100k and macs >= 30k', 'shrinks', 'constraint-tightened'],
    ['macs <= 100k and macs >= 30k', '100k >= macs', 'grows', 'constraint-loosened'],
    ['macs <= 100k', 'macs >= 30k', 'moves', 'constraint-changed'],
    ['macs <= 100k', 'macs < 100001', 'equal', undefined],
    // What cannot be decided is changed; what comes beside it is tighter.
    ['macs <= 45 * parameters', 'macs <= 50 * parameters', 'grows', 'constraint-changed'],
    ['macs <= 45 * params', 'macs <= 45 * params and params != 600 + 0 * macs', 'shrinks', 'constraint-tightened'],
    // What excludes nothing is listed and changes nothing.
    ['macs <= 100k', 'macs <= 90k', 'equal', 'constraint-tightened'],
    ['macs <= 1G', 'macs <= 2G', 'equal', 'constraint-loosened'],
    ['a.depth == 1', 'a.depth == 2', 'moves', 'constraint-changed'],
  ])('compares constraints by what they mean: %s, then %s: %s', async (old, now, relation, kind) => {
    const found = await diff(requiring(old), requiring(now))
    expect(found.relation).toBe(relation)
    expect(found.changes.map((change) => change.kind)).toEqual(kind === undefined ? [] : [kind])
  })

  it('sees a bound move with its param', async () => {
    const budget = (value: string): string => `param budget = ${value}\n${requiring('macs <= budget')}`
    const { relation, changes } = await diff(budget('100k'), budget('70k'))
    expect(relation).toBe('shrinks')
    expect(changes.map(({ kind }) => kind).sort()).toEqual(['constraint-tightened', 'param-changed'])
  })

  it('compares what cells require of their graphs, and says which results break it', async () => {
    const cells = (require: string): string => `import { conv, global_pool, linear } from std:nn
cell small(x) { node n[1..2] { from any 0.. of earlier; through conv(channels, 3) }; output concat(any 1.. of n)
  require ${require} }
space cells { input image(8, 3); classes 2; cell normal = small
  network { stem conv(4, 3); stack 1 of normal, channels 4; head global_pool -> linear(classes) } }
`
    const chainOf =
      'architecture Chain of cells { normal.n1.from: { x }, normal.n2.from: { n1 }, normal.output: { n2 } }\n'
    const idle = 'architecture Idle of cells { normal.n1.from: { x }, normal.n2.from: { x }, normal.output: { n2 } }\n'
    const looser = await diff(cells('every node is reached and used'), cells('every node is reached'))
    expect(looser).toMatchObject({ relation: 'grows', changes: [{ kind: 'constraint-loosened' }] })
    const removed = await diff(
      cells('every node is reached and used'),
      cells('every node is reached and used, or removed'),
    )
    expect(removed).toMatchObject({ relation: 'grows', changes: [{ kind: 'constraint-loosened' }] })
    const tighter = await diff(
      `${cells('every node is reached')}${chainOf}${idle}`,
      cells('every node is reached and used; require edges <= 3'),
    )
    expect(tighter.relation).toBe('shrinks')
    expect(tighter.changes).toEqual([
      {
        kind: 'constraint-tightened',
        old: 'in normal: every node is reached',
        new: 'in normal: every node is reached and used',
      },
      { kind: 'constraint-added', constraint: 'in normal: edges <= 3' },
    ])
    expect(tighter.results).toMatchObject([
      { architecture: 'Chain', valid: true },
      { architecture: 'Idle', valid: false, reasons: ['it does not satisfy every node is reached and used'] },
    ])
  })

  it('counts what both have, and says where that is nothing', async () => {
    const said = async (old: string, now: string): Promise<string> => {
      const files = written({ 'old.nas': old, 'new.nas': now })
      return (await nasc('diff', files['old.nas'] ?? '', files['new.nas'] ?? '')).out
    }
    expect(await said(bare, requiring('macs <= 70k'))).toContain('12 -> 8 architectures, 8 of them in both')
    const apart = await said(requiring('macs <= 70k'), requiring('macs > 70k'))
    expect(apart).toContain('moves')
    expect(apart).toContain('8 -> 4 architectures, none of them in both')
    const deeper = bare.replace('1..2', '3..4')
    expect(await said(bare, deeper)).toContain('12 -> 48 architectures, none of them in both')
  })

  it('says in words what stays valid', async () => {
    const files = written({ 'old.nas': requiring('macs <= 100k'), 'new.nas': requiring('macs <= 110k') })
    const { out } = await nasc('diff', files['old.nas'] ?? '', files['new.nas'] ?? '')
    expect(out).toContain('grows: every old architecture is a new one')
    expect(out).toContain('~ require macs <= 100k -> macs <= 110k (looser: what satisfied the old one stays valid)')
  })

  it('says which results a new constraint excludes', async () => {
    const { results } = await diff(
      chain,
      bare.replace('  network {', '  require a.width < 8\n  require parameters <= 100k\n  network {'),
    )
    expect(results).toMatchObject([
      { architecture: 'Small', valid: true, reasons: [] },
      { architecture: 'Wide', valid: false, reasons: ['it does not satisfy a.width < 8'] },
    ])
    const cheap = await diff(chain, bare.replace('  network {', '  require parameters <= 1k\n  network {'))
    expect(cheap.results.map(({ valid, parameters }) => [valid, (parameters.new ?? 0) <= 1000])).toEqual([
      [true, true],
      [false, false],
    ])
  })

  it('tells it in words, decisions that changed alike in one line', async () => {
    const files = written({ 'old.nas': chain, 'new.nas': bare.replace('one of {3, 5}', 'one of {3, 5, 7}') })
    const { out } = await nasc('diff', files['old.nas'] ?? '', files['new.nas'] ?? '')
    expect(out).toContain('chain grows: every old architecture is a new one')
    expect(out).toContain('a.layer[1].kernel … a.layer[2].kernel (2 decisions): + 7')
    expect(out).toMatch(/valid +Wide/)
  })

  it('judges a result in a file of its own', async () => {
    const files = written({
      'old.nas': bare,
      'new.nas': bare.replace('one of {3, 5}', '3'),
      'mine.nas': 'architecture Mine of chain { a { width 4, depth 1, layer[1].kernel 5 } }\n',
    })
    const { code, out } = await nasc(
      'diff',
      files['old.nas'] ?? '',
      files['new.nas'] ?? '',
      '--arch',
      files['mine.nas'] ?? '',
      '--json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(out).results).toMatchObject([{ architecture: 'Mine', valid: false }])
  })
})
