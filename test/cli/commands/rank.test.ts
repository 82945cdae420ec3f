import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RankResult } from '../../../src/runtime/index.js'
import { nasc } from '../../support/captured.js'
import { scoredSearch } from '../../support/scored-search.js'
import { writeTinyData } from '../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-rank-'))
const at = (...names: readonly string[]): string => join(folder, ...names)
const engine = ['--backend', 'wasm', '--threads', '1']
const declared =
  'architecture Wide of chain { a conv(kernel: 5) }\narchitecture Narrow of chain { a conv(kernel: 3) }\n'

async function ranked(...args: readonly string[]): Promise<RankResult & { readonly file?: string }> {
  const { code, out, err } = await nasc('rank', at('run'), ...args, ...engine, '--json')
  expect(code, err).toBe(0)
  return JSON.parse(out)
}

async function refused(...args: readonly string[]): Promise<string> {
  const { code, err } = await nasc('rank', ...args, ...engine)
  return `${code} ${err}`
}

const storedScores = (): readonly string[] => readFileSync(at('run', 'scores.jsonl'), 'utf8').trim().split('\n')

function table(name: string, ...lines: readonly string[]): readonly string[] {
  writeFileSync(at(name), `${lines.join('\n')}\n`)
  return ['--table', at(name)]
}

beforeAll(async () => {
  writeTinyData(at('data'))
  const program = scoredSearch('argmax', 'validate on 25%\n  retrain { epochs 1, batch 8 }')
  writeFileSync(at('chain.nas'), `${program}\n${declared}`)
  const data = ['--data', at('data'), '--scale', 'tiny', ...engine, '--quiet']
  const ran = await nasc('run', at('chain.nas'), ...data, '--out', at('run'))
  expect(ran.code, ran.err).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('nasc rank', () => {
  it('draws architectures, scores them once on validation images, and writes them down', async () => {
    const four = await ranked('--score', '4')
    expect(four).toMatchObject({ n: 0, kendallTau: null, reference: null, images: 'validation', samples: 16 })
    expect(four.architectures.map(({ name }) => name).sort()).toEqual([1, 2, 3, 4].map((n) => `scored_${n}`))
    expect(readdirSync(at('run', 'scored')).sort()).toEqual([1, 2, 3, 4].map((n) => `scored_${n}.nas`))
    const before = storedScores()
    expect(before).toHaveLength(4)
    expect(await ranked('--score', '4')).toEqual(four)
    expect(storedScores()).toEqual(before)
    const five = await ranked('--score', '5')
    expect(storedScores().slice(0, 4)).toEqual(before)
    expect(storedScores()).toHaveLength(5)
    for (const each of four.architectures) expect(five.architectures).toContainEqual(each)
  })

  it('compares with what `nasc train` made of the same architectures, the mean of several trainings', async () => {
    const train = (name: string, seed: string, out: string) =>
      nasc(
        ...['train', at('chain.nas'), '--arch', at('run', 'scored', `${name}.nas`), '--scale', 'tiny', '--quiet'],
        ...['--data', at('data'), '--seed', seed, '--out', at('alone', out), ...engine, '--json'],
      )
    const trained = [
      await train('scored_1', '0', 'a'),
      await train('scored_2', '0', 'b'),
      await train('scored_2', '1', 'c'),
    ]
    const [a = NaN, b = NaN, c = NaN] = trained.map(({ out }) => JSON.parse(out).retrainedAccuracy as number)
    const found = await ranked('--trained', at('alone'), '--out', at('plot.svg'))
    expect(found).toMatchObject({ n: 2, reference: 'trained', leftOut: [], file: at('plot.svg') })
    const results = new Map(found.architectures.map(({ name, result, results: many }) => [name, [result, many]]))
    expect(results.get('scored_1')).toEqual([a, 1])
    expect(results.get('scored_2')).toEqual([(b + c) / 2, 2])
    const byName = await ranked(...['a', 'b', 'c'].flatMap((each) => ['--trained', at('alone', each)]))
    expect(byName.architectures).toEqual(found.architectures)
    const svg = readFileSync(at('plot.svg'), 'utf8')
    expect(svg).toContain('<svg')
    expect(svg.match(/aria-roledescription="point"/g)).toHaveLength(2)
  })

  it('compares with a table, by names, decisions, texts and files, whichever is better', async () => {
    const scored = await ranked('--score', '5')
    // The very order of the supernet's losses.
    const losses = scored.architectures.map(({ name, loss }) => `${name},${loss}`)
    const lower = ['--by', 'loss', '--better', 'lower', '--column', 'loss']
    const same = await ranked(...table('losses.csv', 'architecture,loss', ...losses), ...lower)
    expect(same).toMatchObject({ n: 5, kendallTau: 1, spearman: 1, kendallInterval: [1, 1], reference: 'results' })
    const higher = await ranked('--table', at('losses.csv'), '--by', 'loss', '--column', 'loss')
    expect(higher).toMatchObject({ kendallTau: -1, spearman: -1 })
    const cells = scored.architectures.map(({ decisions, accuracy }) =>
      [...[1, 2, 3].map((layer) => `"${decisions[`a.layer[${layer}]`]?.join(';') ?? ''}"`), accuracy].join(),
    )
    const columns = 'a.layer[1],a.layer[2],a.layer[3],accuracy'
    const byDecisions = await ranked(...table('cells.csv', columns, ...cells))
    expect(byDecisions).toMatchObject({ n: 5, spearman: expect.closeTo(1, 12) })
    writeFileSync(
      at('narrow.nas'),
      'import chain from "./chain.nas"\narchitecture Thin of chain { a conv(kernel: 3) }\n',
    )
    const text = '"architecture Other of chain { a conv(kernel: 5); a.layer[1] conv(kernel: 3) }",60'
    const mixed = table('mixed.csv', 'architecture,accuracy', 'Wide,90%', 'narrow.nas,80%', 'derived,70', text)
    const names = (await ranked(...mixed, '--program', at('chain.nas'))).architectures.map(({ name }) => name)
    expect(names.sort()).toEqual(['Other', 'Thin', 'Wide', 'derived'])
  })

  it('compares with JSON, and with architectures as benchmarks write them', async () => {
    writeFileSync(at('results.json'), '{ "Wide": { "accuracy": 90 }, "Narrow": { "accuracy": "80%" } }')
    const found = await ranked('--table', at('results.json'), '--program', at('chain.nas'))
    expect(found.architectures.map(({ name, result }) => [name, result]).sort()).toEqual([
      ['Narrow', 80],
      ['Wide', 90],
    ])
  })

  it('leaves out what the space excludes, and draws from a table', async () => {
    const one = 'conv'
    const kernels = [3, 5].flatMap((a) =>
      [3, 5].map((b) => `"conv(kernel: ${a})","conv(kernel: ${b})",${one},${a + b}`),
    )
    const rows = table(
      'drawn.csv',
      'a.layer[1],a.layer[2],a.layer[3],accuracy',
      ...kernels,
      'identity,identity,identity,1',
    )
    const all = await ranked(...rows)
    expect(all.n).toBe(4)
    expect(all.leftOut).toEqual([{ what: `${at('drawn.csv')}, line 6`, reason: expect.stringContaining('macs') }])
    const stored = storedScores().length
    expect((await ranked(...rows, '--score', '3')).n).toBeGreaterThanOrEqual(3)
    expect(storedScores()).toHaveLength(stored)
  })

  it('shows people a table and both correlations', async () => {
    const { code, out } = await nasc('rank', at('run'), '--trained', at('alone'), '--confidence', '90%', ...engine)
    expect(code).toBe(0)
    expect(out).toContain('from scratch')
    expect(out).toMatch(/Kendall's tau\s+-?\d\.\d{3} \(90% interval -?\d\.\d{3} to -?\d\.\d{3}\)/)
    expect(out).toMatch(/scored on\s+16 validation images/)
  })

  it.each([
    ['one retrained architecture alone', () => [at('run')], 1, 'NAS7584'],
    ['no run', () => [at('nowhere')], 1, 'NAS7202'],
    ['a run without a supernet', () => [at('alone', 'a'), '--score', '2'], 1, 'NAS7581'],
    ['a table and runs', () => [at('run'), '--table', 'a', '--trained', 'b'], 2, 'exclude'],
    ['a column without a table', () => [at('run'), '--column', 'a'], 2, '--table'],
    ['no share', () => [at('run'), '--score', '1', '--confidence', '95'], 2, 'NAS8004'],
    ['no table', () => [at('run'), ...table('e1.csv', '')], 1, 'NAS7585'],
    ['a ragged table', () => [at('run'), ...table('e2.csv', 'architecture,accuracy', 'Wide')], 1, 'NAS7585'],
    ['no number', () => [at('run'), ...table('e3.csv', 'architecture,accuracy', 'Wide,good')], 1, '"good"'],
    ['another column', () => [at('run'), ...table('e4.csv', 'architecture,acuracy', 'Wide,1')], 1, '`acuracy`?'],
    ['a table without rows', () => [at('run'), ...table('e10.csv', 'architecture,accuracy')], 1, 'NAS7603'],
    ['a row without a name', () => [at('run'), ...table('e11.csv', 'architecture,accuracy', ',1')], 1, 'NAS7603'],
    ['other digits', () => [at('run'), ...table('e12.csv', 'architecture,accuracy', '99,1')], 1, 'NAS7605'],
    ['no architectures', () => [at('run'), ...table('e5.csv', 'layer,accuracy', '3,1')], 1, 'NAS7586'],
    ['an unknown name', () => [at('run'), ...table('e6.csv', 'architecture,accuracy', 'Wid,1')], 1, 'NAS6112'],
    [
      'an unknown option',
      () => [at('run'), ...table('e7.csv', 'a.layer[1],accuracy', 'identty,1')],
      1,
      'Did you mean `identity`?',
    ],
    ['a decision left open', () => [at('run'), ...table('e8.csv', 'a.layer[1],accuracy', 'identity,1')], 1, 'NAS7588'],
    [
      'a text without its space',
      () => [at('run'), ...table('e9.csv', 'architecture,accuracy', '"architecture x of chain { a identity }",1')],
      2,
      '--program',
    ],
  ] as const)('refuses %s', async (_what, args, code, words) => {
    const said = await refused(...args())
    expect(said).toMatch(new RegExp(`^${code} `))
    expect(said).toContain(words)
  })
})
