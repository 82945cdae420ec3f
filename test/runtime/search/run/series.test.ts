import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  evaluate,
  isSeries,
  resumeSeeds,
  run,
  runSeeds,
  tabulateSeries,
  type SeriesOutcome,
  type SeriesResult,
} from '../../../../src/runtime/index.js'
import { mean, standardDeviation } from '../../../../src/support/statistics.js'
import { failureOf } from '../../../support/failures.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileRetrained, seriesOptions } from '../../../support/scored-search.js'
import { comparableOutcome, finished, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-series-'))
const data = join(folder, 'data')
const whole = join(folder, 'whole')
const ir = compileRetrained()
let result: SeriesResult

const start = (out: string, more = {}) => runSeeds(ir, { ...seriesOptions, data, out, ...more })

beforeAll(async () => {
  writeTinyData(data)
  result = ended(await start(whole))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function ended(outcome: SeriesOutcome): SeriesResult {
  if (outcome.kind === 'finished') return outcome.result
  throw new Error(`the series stopped in the ${outcome.phase} of seed ${String(outcome.seed)}`)
}

/** All that must be the same in a series that was stopped and in one that was not. */
function comparable(series: string, { runs }: SeriesResult) {
  return runs.map(({ seed, ...each }) => ({ seed, ...comparableOutcome(join(series, `seed-${String(seed)}`), each) }))
}

describe('a series', () => {
  it('is the runs of its seeds, each the same as alone', async () => {
    expect(result.runs.map(({ seed, run }) => [seed, run])).toEqual(
      [3, 4].map((seed) => [seed, join(whole, `seed-${String(seed)}`)]),
    )
    const alone = join(folder, 'alone')
    const { seeds: _seeds, ...options } = seriesOptions
    const single = finished(await run(ir, { ...options, seed: 4, data, out: alone }))
    const [, second] = comparable(whole, result)
    expect(second).toEqual({ seed: 4, ...comparableOutcome(alone, single) })
  })

  it('tells mean, deviation and extremes of every figure that its runs have', () => {
    expect(Object.keys(result.figures)).toEqual([
      'retrainedAccuracy',
      'derivedAccuracy',
      'parameters',
      'macs',
      'seconds',
    ])
    const values = result.runs.map(({ retrainedAccuracy = NaN }) => retrainedAccuracy)
    expect(result.figures.retrainedAccuracy).toEqual({
      mean: mean(values),
      deviation: standardDeviation(values),
      least: Math.min(...values),
      greatest: Math.max(...values),
    })
  })

  it('has one report, which leads to those of its runs', () => {
    const page = readFileSync(join(whole, 'report.html'), 'utf8')
    for (const { seed } of result.runs) expect(page).toContain(`href="seed-${String(seed)}/report.html"`)
    for (const cell of tabulateSeries(result).rows.flat()) expect(page).toContain(cell)
    expect(page).toContain('2 of 2 runs')
  })

  it('of one seed has no deviation', async () => {
    const { figures, ...rest } = ended(await start(join(folder, 'one'), { seeds: 1 }))
    expect(figures.macs).toMatchObject({ deviation: null })
    expect(tabulateSeries({ figures, ...rest }).rows.at(-1)).toEqual(['deviation', '', '', '', '', ''])
  })

  it('stopped every third step and resumed ends in the same bits, with finished runs left as they are', async () => {
    const broken = join(folder, 'broken')
    let outcome = await start(broken, stopAfter(3))
    expect(outcome).toMatchObject({ kind: 'interrupted', run: broken, seed: 3, phase: 'search', step: 3 })
    const stoppedIn = new Set<number>()
    let touched: number | undefined
    while (outcome.kind === 'interrupted') {
      stoppedIn.add(outcome.seed)
      if (outcome.seed === 4) touched ??= statSync(join(broken, 'seed-3', 'journal.jsonl')).mtimeMs
      outcome = await resumeSeeds(broken, stopAfter(3))
    }
    expect([...stoppedIn]).toEqual([3, 4])
    expect(comparable(broken, ended(outcome))).toEqual(comparable(whole, result))
    expect(statSync(join(broken, 'seed-3', 'journal.jsonl')).mtimeMs).toBe(touched)
  })

  it('killed in its second run, whose folder is half made in another, goes on to the same bits', async () => {
    const killed = join(folder, 'killed')
    const steps = () => eventsOf(join(killed, 'seed-4')).filter((type) => type === 'phase-epoch').length
    expect(await killWhen(() => steps() >= 1, 'child-series.ts', [data, killed])).toBe('SIGKILL')
    expect(eventsOf(join(killed, 'seed-4'))).not.toContain('run-finished')
    expect(comparable(killed, ended(await resumeSeeds(killed)))).toEqual(comparable(whole, result))
    // As it is where the kill came before `run.json` was written.
    rmSync(join(killed, 'seed-4', 'run.json'))
    expect(comparable(killed, ended(await resumeSeeds(killed)))).toEqual(comparable(whole, result))
  })
})

describe('the folder of a series', () => {
  it('is no run directory, and says so', async () => {
    expect([whole, join(whole, 'seed-3')].map(isSeries)).toEqual([true, false])
    const { code, message } = await failureOf(() => evaluate(whole))
    expect({ code, message }).toEqual({
      code: 'NAS7202',
      message: `${whole}: is not a run directory (it holds several, one for each seed).`,
    })
  })

  it('is not overwritten', async () => {
    expect((await failureOf(() => start(whole))).code).toBe('NAS7215')
    const { seeds: _seeds, ...options } = seriesOptions
    expect((await failureOf(() => run(ir, { ...options, data, out: whole }))).code).toBe('NAS7215')
  })

  it('is not made where a run would be refused', async () => {
    const never = join(folder, 'never')
    await failureOf(() => start(never, { scale: 'huge' }))
    await failureOf(() => start(never, { data: join(folder, 'nowhere') }))
    expect(existsSync(never)).toBe(false)
  })

  it('says what is wrong with it', async () => {
    const torn = join(folder, 'one')
    writeFileSync(join(torn, 'seeds.json'), '{"format": "nasc-seeds/0"}')
    expect((await failureOf(() => resumeSeeds(torn))).code).toBe('NAS7204')
    writeFileSync(join(torn, 'seeds.json'), '{"format": "nasc-seeds/1"}')
    expect((await failureOf(() => resumeSeeds(torn))).code).toBe('NAS7203')
    writeTinyData(data, 65)
    expect((await failureOf(() => resumeSeeds(whole))).code).toBe('NAS7114')
  })
})
