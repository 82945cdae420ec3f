import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, resume, run, type RunResult } from '../../../../src/runtime/index.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import type { Candidate } from '../../../../src/runtime/search/components/derivations/derivation.js'
import { distinct, keyOf } from '../../../../src/runtime/search/components/derivations/distinct.js'
import { drawBaseline } from '../../../../src/runtime/search/phases/baseline-phase.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { spreadOf } from '../../../../src/support/statistics.js'
import { failureOf } from '../../../support/failures.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileRetrained, compileScored, seriesOptions } from '../../../support/scored-search.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-baseline-'))
const data = join(folder, 'data')
const whole = join(folder, 'whole')
const ir = compileRetrained()
const { seeds: _seeds, ...options } = seriesOptions
let result: RunResult

const start = (out: string, more = {}) => run(ir, { ...options, baseline: { count: 2 }, data, out, ...more })

beforeAll(async () => {
  writeTinyData(data)
  result = finished(await start(whole))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The narrowest of the windows that costs lie in together. */
function windowAround(macs: number, other: number): number {
  return [0.05, 0.1, 0.2, 0.5, Infinity].findIndex((share) => Math.abs(other - macs) <= share * macs)
}

describe('a baseline', () => {
  const search = resolveSearch(ir, { scale: 'tiny' })
  const random = createRandom(0, 'all')
  const all = distinct(1000, new Set(), () => search.sampled.drawWithin(random), 5000)
  const draw = (count: number, seed: number) => {
    const derived = search.sampled.drawWithin(createRandom(seed, 'derived'))
    return { derived, drawn: drawBaseline(search, derived.selected, count, createRandom(seed, 'baseline')) }
  }

  it('is other architectures within the constraints, of the cost of the derived one where there are enough of them', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { derived, drawn } = draw(3, seed)
      expect(new Set([derived, ...drawn].map(({ selected }) => keyOf(selected))).size).toBe(4)
      for (const { selected } of drawn) expect(search.sampled.member(selected)).toBeDefined()
      // A wider window is asked only where the narrower ones have nothing left.
      const windowOf = ({ macs }: { readonly macs: number }) => windowAround(derived.macs, macs)
      const widest = Math.max(...drawn.map(windowOf))
      const taken = new Set([derived, ...drawn].map(({ selected }) => keyOf(selected)))
      const left = all.filter(({ selected }) => !taken.has(keyOf(selected)))
      expect(left.filter((each) => windowOf(each) < widest)).toEqual([])
    }
  })

  it('is all other architectures where more are asked for than there are', () => {
    const { derived, drawn } = draw(1000, 1)
    const keys = (each: readonly Candidate[]) => each.map(({ selected }) => keyOf(selected)).sort()
    expect(keys([derived, ...drawn])).toEqual(keys(all))
    expect(draw(1000, 1)).toEqual({ derived, drawn })
  })

  it('leaves what is found as it is, and is trained and tested as that is', async () => {
    const alone = join(folder, 'alone')
    const { baseline, ...rest } = comparableOutcome(whole, result).figures
    expect(rest).toEqual(comparableOutcome(alone, finished(await run(ir, { ...options, data, out: alone }))).figures)
    expect(baseline?.architectures.map(({ name }) => name)).toEqual(['random_1', 'random_2'])
    for (const { name, retrainedAccuracy } of baseline?.architectures ?? []) {
      const { accuracy } = await evaluate(whole, { architecture: name })
      expect(accuracy).toBe(retrainedAccuracy)
    }
  })

  it('says where the derived architecture stands', () => {
    const accuracies = result.baseline?.architectures.map(({ retrainedAccuracy = NaN }) => retrainedAccuracy) ?? []
    const own = result.retrainedAccuracy ?? NaN
    expect(result.baseline).toMatchObject({
      worse: accuracies.filter((each) => each < own).length,
      equal: accuracies.filter((each) => each === own).length,
      retrainedAccuracy: spreadOf(accuracies),
    })
    const page = readFileSync(join(whole, 'report.html'), 'utf8')
    expect(page).toContain(`better than ${String(result.baseline?.worse)} of 2 random architectures`)
    expect(page).toContain('random_2')
  })

  it('stopped every third step and resumed ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    expect(await start(broken, stopAfter(3))).toMatchObject({ kind: 'interrupted' })
    const { outcome } = await resumeUntilDone(broken, 3)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(whole, result))
  })

  it('killed while it is trained goes on to the same bits', async () => {
    const killed = join(folder, 'killed')
    const begun = () => eventsOf(killed).filter((type) => type === 'phase-started').length
    expect(await killWhen(() => begun() >= 3, 'child-baseline.ts', [data, killed])).toBe('SIGKILL')
    expect(eventsOf(killed)).not.toContain('run-finished')
    expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(comparableOutcome(whole, result))
  })

  it('is drawn by a stream of its own: the same of equal seeds, another of others', () => {
    const names = readRun(whole)
      .events()
      .flatMap((event) => (event.type === 'architecture-derived' && event.baseline ? [event.decisions] : []))
    expect(names).toHaveLength(2)
    const derived = search.sampled.drawWithin(createRandom(1, 'derived')).selected
    const drawnWith = (seed: number) => drawBaseline(search, derived, 3, createRandom(seed, 'baseline'))
    expect(drawnWith(1)).toEqual(drawnWith(1))
    expect(drawnWith(1)).not.toEqual(drawnWith(2))
  })

  it('is refused before anything is trained where nothing is retrained', async () => {
    const out = join(folder, 'never')
    const failure = await failureOf(() =>
      run(compileScored('argmax'), { ...options, baseline: { count: 2 }, data, out }),
    )
    expect(failure.message).toContain('how a network is trained from scratch')
    expect(existsSync(out)).toBe(false)
  })
})
