import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, run, search, train, type RunResult } from '../../../../src/runtime/index.js'
import { withoutMeasures } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { failureOf } from '../../../support/failures.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileRetrained, compileScored, compileScoredOnWeights } from '../../../support/scored-search.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-search-run-'))
const data = join(folder, 'data')
const trained = join(folder, 'trained')
const whole = join(folder, 'whole')
const never = join(folder, 'never')
const options = { scale: 'tiny', backend: 'cpu', data, seed: 5 } as const
const evolution = 'evolution(population: 3, generations: 1, mutants: 2, crossovers: 1, mutation: 0.5)'
const by = compileScored(evolution)
let result: RunResult

beforeAll(async () => {
  writeTinyData(data)
  finished(await run(compileScored('random(count: 4)'), { ...options, out: trained }))
  result = finished(await search(trained, { by, seed: 5, out: whole }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scoresIn = (folder: string) =>
  readRun(folder)
    .events()
    .filter(({ type }) => type === 'architecture-scored' || type === 'architecture-derived')
    .map(withoutMeasures)

describe('a supernet that is searched again', () => {
  it('is scored as by a run that derives so itself', async () => {
    const own = join(folder, 'own')
    const { seconds: _seconds, run: _run, ...figures } = finished(await run(by, { ...options, out: own }))
    expect(scoresIn(whole)).toHaveLength(7)
    expect(scoresIn(whole)).toEqual(scoresIn(own))
    expect(result).toMatchObject(figures)
  })

  it('is not trained, and needs nothing of the run that trained it once it has begun', async () => {
    expect(eventsOf(whole)).not.toContain('phase-epoch')
    const elsewhere = join(folder, 'elsewhere')
    finished(await run(compileScored('random(count: 4)'), { ...options, out: elsewhere }))
    const again = join(folder, 'again')
    expect(await search(elsewhere, { by, seed: 5, out: again, ...stopAfter(1) })).toMatchObject({
      kind: 'interrupted',
      phase: 'derive',
    })
    rmSync(elsewhere, { recursive: true })
    expect(comparableOutcome(again, finished(await resume(again)))).toEqual(comparableOutcome(whole, result))
  })

  it('stopped after every score and resumed ends in the same', async () => {
    const broken = join(folder, 'broken')
    expect(await search(trained, { by, seed: 5, out: broken, ...stopAfter(1) })).toMatchObject({ kind: 'interrupted' })
    const { outcome, parts } = await resumeUntilDone(broken, 1)
    expect(parts).toBeGreaterThan(3)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(whole, result))
  })

  it('by Bayesian optimisation too, and within the constraints', async () => {
    const by = compileScored('bayesian(first: 3, then: 2, total: 7, pool: 10, most: 20k)')
    const [bayesian, broken] = [join(folder, 'bayesian'), join(folder, 'bayesian-broken')]
    const whole = finished(await search(trained, { by, seed: 5, out: bayesian }))
    expect(await search(trained, { by, seed: 5, out: broken, ...stopAfter(4) })).toMatchObject({ kind: 'interrupted' })
    const { outcome } = await resumeUntilDone(broken, 2)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(bayesian, whole))
    const scored = readRun(bayesian)
      .events()
      .filter((event) => event.type === 'architecture-scored')
    expect(scored.map(({ round }) => round)).toEqual([0, 0, 0, 1, 1, 2, 2])
    expect(new Set(scored.map(({ decisions }) => JSON.stringify(decisions))).size).toBe(7)
    for (const { macs } of scored) expect([macs >= 2000, macs <= 20_000]).toEqual([true, true])
  })

  it('killed while it is scored goes on to the same', async () => {
    const killed = join(folder, 'killed')
    const scores = () => eventsOf(killed).filter((type) => type === 'architecture-scored').length
    expect(await killWhen(() => scores() >= 4, 'child-search.ts', [trained, killed, evolution])).toBe('SIGKILL')
    expect(scores()).toBe(4)
    expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(comparableOutcome(whole, result))
  })

  it('gives a front over cost, and is drawn from anew with another seed', async () => {
    const front = (seed: number) =>
      search(trained, {
        by: compileScored('pareto(bins: 1k, by: random(count: 8))'),
        seed,
        out: join(folder, `front-${String(seed)}`),
      })
    const [first, second] = [finished(await front(1)), finished(await front(2))]
    for (const { architectures } of [first, second]) {
      const costs = architectures.map(({ macs }) => macs)
      expect(costs).toEqual(costs.toSorted((a, b) => b - a))
    }
    expect(scoresIn(join(folder, 'front-1'))).not.toEqual(scoresIn(join(folder, 'front-2')))
  })

  it('judges on the images of the choices where none are kept, and retrains where that is asked for', async () => {
    const [base, out] = [join(folder, 'base'), join(folder, 'retrained')]
    finished(await run(compileRetrained(), { ...options, out: base }))
    const { retrainedAccuracy } = finished(await search(base, { by, out, retrain: true }))
    expect(retrainedAccuracy).toBeGreaterThanOrEqual(0)
    const { split } = readRun(out)
    expect(split['validation']).toEqual(split['choices'])
    expect(result.retrainedAccuracy).toBeUndefined()
  })

  it.each([
    ['a derivation that scores nothing', 'NAS7608', () => search(trained, { by: compileScored('argmax'), out: never })],
    ['no run', 'NAS7202', () => search(data, { by, out: never })],
    ['retraining where the search says none', 'NAS7511', () => search(trained, { by, retrain: true, out: never })],
    [
      'a run without a supernet',
      'NAS7521',
      async () => {
        const alone = join(folder, 'alone')
        const architecture = {
          space: '',
          decisions:
            Object.values(readRun(whole).events()).flatMap((event) =>
              event.type === 'architecture-derived' ? [event.decisions] : [],
            )[0] ?? {},
        }
        finished(await train(compileRetrained(), { ...options, name: 'one', architecture, out: alone }))
        return search(alone, { by, out: never })
      },
    ],
    [
      'a run whose images all trained the weights',
      'NAS7581',
      async () => {
        const all = join(folder, 'all')
        finished(await run(compileScoredOnWeights(), { ...options, out: all }))
        return search(all, { by, out: never })
      },
    ],
  ] as const)('is refused for %s', async (_what, code, action) => {
    expect((await failureOf(action)).code).toBe(code)
    expect(existsSync(never)).toBe(false)
  })
})
