import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { run } from '../../../../src/runtime/index.js'
import type { RecordedScore } from '../../../../src/runtime/search/components/scores/score.js'
import { openRecordedResults } from '../../../../src/runtime/search/phases/recorded-results.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { diskFiles } from '../../../../src/support/node/disk-files.js'
import { failureOf } from '../../../support/failures.js'
import { compiledText } from '../../../support/programs.js'
import { writeTinyData } from '../../../support/tiny-data.js'
import { finished } from '../../../support/tiny-runs.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-results-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A file of the folder. */
function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

/** Eight choices of three blocks, as in NAS-Bench-Macro. */
const macro = (file: string, column = 'mean_acc'): string => `
import { bn, conv, global_pool, identity, linear } from std:nn
import std:search
space macro {
  input image(8, 3); classes 4
  network { stem conv(4, 3) -> bn; stage a { width 4; depth 4; layer one of { identity, conv(channels), conv(channels, 3) } }; head global_pool -> linear(classes) }
}
search tabular of macro {
  score  table("${file}", column: "${column}")
  derive evolution(population: 10, generations: 6, mutants: 5, crossovers: 5)
}`

const recorded = (text: string, column: string): RecordedScore => {
  const file = { text, clause: 'score', component: 'table', argument: 'file' }
  return { kind: 'recorded', measure: column, better: 'higher', file, column }
}

const keys = Array.from({ length: 3 ** 4 }, (_, i) => i.toString(3).padStart(4, '0'))

/** The more threes the better, and best at the front. */
const accuracyOf = (key: string): number =>
  Array.from(key).reduce((sum, digit, i) => sum + (Number(digit) * (5 - i)) / 2, 80)

const results = (name = 'macro.json'): string =>
  written(
    name,
    JSON.stringify(
      Object.fromEntries(
        keys.map((key) => [key, { test_acc: [accuracyOf(key)], mean_acc: accuracyOf(key), params: 1 }]),
      ),
      undefined,
      1,
    ),
  )

describe('a search on a table of results', () => {
  it('ends with what the table says is best, without training anything', async () => {
    await buildKernels()
    const ir = compiledText(macro(results()))
    const out = join(folder, 'run')
    finished(await run(ir, { backend: 'wasm', threads: 1, data: writeTinyData(join(folder, 'data')), out, seed: 3 }))
    const events = readRun(out).events()
    const derived = events.flatMap((event) => (event.type === 'architecture-derived' ? [event] : []))
    expect(derived.map(({ decisions }) => Object.values(decisions))).toEqual([[[2], [2], [2], [2]]])
    expect(events.some(({ type }) => type === 'phase-epoch')).toBe(false)
    expect(new Set(events.flatMap((event) => ('phase' in event ? [event.phase] : [])))).not.toContain('search')
    expect(existsSync(join(out, 'checkpoints', 'supernet'))).toBe(false)
    const scored = events.flatMap((event) => (event.type === 'architecture-scored' ? [event] : []))
    expect(scored.length).toBeGreaterThan(20)
    for (const { scores, decisions } of scored) {
      const key = Object.keys(decisions)
        .sort()
        .map((path) => decisions[path]?.[0])
        .join('')
      expect(keys.includes(key) ? scores['mean_acc'] : NaN).toBe(accuracyOf(key))
    }
  })
})

describe('a table of results', () => {
  const resultOf = (text: string, selected?: Readonly<Record<string, readonly number[]>>, column = 'mean_acc') => {
    const file = text.endsWith('.json') ? text : written('table', text)
    const search = resolveSearch(compiledText(macro(file, column)), {})
    const results = openRecordedResults(search, recorded(file, column), diskFiles)
    return results(selected ?? Object.fromEntries(search.decisions.map(({ path }) => [path, [1]])))
  }

  it('is CSV with one column for architectures, or one for each decision, or JSON', () => {
    expect(resultOf('architecture,mean_acc\n1111,91.5\n')).toBe(91.5)
    expect(resultOf('architecture,mean_acc\n1111,91.5%\n')).toBe(91.5)
    expect(resultOf('{ "1111": 0.25, "0000": 1 }')).toBe(0.25)
    expect(resultOf('[{ "architecture": "1111", "mean_acc": 7 }]')).toBe(7)
  })

  it.each([
    ['architecture,acc\n1111,1\n', 'NAS7604', 'table, line 2: has no `mean_acc`; it has acc.'],
    ['architecture,mean_acc\n1111,good\n', 'NAS7603', 'table, line 2: mean_acc is "good", and no number.'],
    ['architecture,mean_acc\n11115,1\n', 'NAS7605', 'table, line 2: 11115 is no architecture of macro.'],
    ['architecture,mean_acc\nfancy,1\n', 'NAS7605', 'table, line 2: fancy is no architecture of macro.'],
    ['architecture,mean_acc\n0000,1\n', 'NAS7606', 'table: none of its 1 result is of '],
    [
      '{\n "0000": { "mean_acc": 1 },\n "1111": { "acc": 2 }\n}',
      'NAS7604',
      'table, line 3: has no `mean_acc`; it has acc.',
    ],
    ['{ "0000": 1', 'NAS7603', 'it is no JSON'],
    ['{ "0000": "1" }', 'NAS7603', 'table, line 1: "1" stands where results by name of a column are expected.'],
    ['architecture,mean_acc\n', 'NAS7603', 'table: it has no rows.'],
    ['mean_acc,width\n1,2\n', 'NAS7586', 'table, line 2: names no architecture; the columns are mean_acc, width.'],
  ])('that is none is refused at the line: %j', async (text, code, message) => {
    const failure = await failureOf(() => resultOf(text))
    expect(failure.code).toBe(code)
    expect(failure.message).toContain(message)
  })

  it('that is not there is said to be looked for', async () => {
    const search = resolveSearch(compiledText(macro('nowhere.csv')), {})
    const score = recorded('nowhere.csv', 'acc')
    expect((await failureOf(() => openRecordedResults(search, score, diskFiles))).code).toBe('NAS7602')
  })
})
