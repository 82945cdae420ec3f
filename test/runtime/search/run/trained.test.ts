import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, resume, run, search, type RunOutcome } from '../../../../src/runtime/index.js'
import type { ArchitectureScored } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { failureOf } from '../../../support/failures.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileScored } from '../../../support/scored-search.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'
import { compileTrained, oddSpaces } from '../../../support/trained-search.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-trained-'))
const data = join(folder, 'data')
const halving = 'successive_halving(of: 4, eta: 2)'
const bayesian = 'bayesian(first: 2, then: 1, total: 4, pool: 6)'

beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (
  out: string,
  given: Parameters<typeof compileTrained>,
  more: Parameters<typeof run>[1] = {},
): Promise<RunOutcome> =>
  run(compileTrained(...given), { backend: 'cpu', data, out: join(folder, out), seed: 5, checkpointEvery: 5, ...more })

const scoresOf = (out: string): readonly ArchitectureScored[] =>
  readRun(join(folder, out))
    .events()
    .filter((event) => event.type === 'architecture-scored')

const byArchitecture = (out: string) =>
  new Map(scoresOf(out).map(({ decisions, score, epochs }) => [JSON.stringify([decisions, epochs]), score]))

describe('a search that trains every architecture by itself', () => {
  it('halves: the best go on from rung to rung, and the last is as if it had been trained at once', async () => {
    const result = finished(await start('halving', [halving]))
    const scored = scoresOf('halving')
    const rungs = [0, 1, 2].map((at) => scored.filter(({ round }) => round === at))
    expect(rungs.map((rung) => rung.map(({ epochs }) => epochs))).toEqual([[1, 1, 1, 1], [2, 2], [4]])
    rungs.slice(1).forEach((rung, index) => {
      const best = rungs[index]?.toSorted((a, b) => b.score - a.score).slice(0, rung.length)
      expect(rung.map(({ decisions }) => decisions)).toEqual(best?.map(({ decisions }) => decisions))
    })
    expect(eventsOf(join(folder, 'halving')).filter((type) => type === 'phase-epoch')).toEqual([])
    expect(result).not.toHaveProperty('derivedAccuracy')
    const kept = readdirSync(join(folder, 'halving', 'checkpoints'))
    expect(kept.filter((name) => name.startsWith('candidate-'))).toEqual([])

    finished(await start('whole', ['random(count: 4)']))
    const [last] = rungs[2] ?? []
    expect(byArchitecture('whole').get(JSON.stringify([last?.decisions, 4]))).toBe(last?.score)
    const { loss } =
      scoresOf('whole').find(({ decisions }) => JSON.stringify(decisions) === JSON.stringify(last?.decisions))
        ?.scores ?? {}
    expect(loss).toBe(last?.scores['loss'])
  })

  it.each([
    ['halving', halving, 7],
    ['bayesian', bayesian, 9],
  ])('by %s: stopped again and again, and resumed, ends in the same', async (name, derivation, steps) => {
    const [whole, broken] = [join(folder, `${name}-whole`), join(folder, `${name}-broken`)]
    const expected = finished(await start(`${name}-whole`, [derivation]))
    expect(await start(`${name}-broken`, [derivation], stopAfter(steps))).toMatchObject({ phase: 'derive' })
    const { outcome, parts } = await resumeUntilDone(broken, steps)
    expect(parts).toBeGreaterThan(2)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(whole, expected))
  })

  it.each([
    // Three steps and a look for each epoch, and a look before each candidate: four of them, then into the second rung.
    ['halving', halving, 4, 24],
    ['bayesian', bayesian, 3, 46],
  ])('by %s: killed while a candidate is trained, goes on to the same', async (name, derivation, least, steps) => {
    const [killed, unbroken] = [join(folder, `${name}-killed`), join(folder, `${name}-unbroken`)]
    const expected = finished(await start(`${name}-unbroken`, [derivation]))
    const scores = () => eventsOf(killed).filter((type) => type === 'architecture-scored').length
    const given = [data, killed, derivation, String(steps)]
    expect(await killWhen(() => scores() >= least, 'child-trained.ts', given)).toBe('SIGKILL')
    expect(scores()).toBe(least)
    expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(comparableOutcome(unbroken, expected))
  })

  it.each(Object.entries(oddSpaces))('of %s: all searchers end, and agree on scores', async (name, space) => {
    const searchers = [
      'random(count: 3)',
      'successive_halving(of: 3, rungs: 2)',
      bayesian,
      'evolution(population: 3, generations: 1, mutants: 1, crossovers: 1)',
      'nsga2(population: 2, generations: 1)',
      'tree(first: 2, then: 1, total: 3)',
    ]
    const known = new Map<string, number>()
    for (const [index, derivation] of searchers.entries()) {
      const out = `${name}-${String(index)}`
      finished(await start(out, [derivation, { space, score: 'trained(epochs: 3)' }]))
      for (const [key, score] of byArchitecture(out)) {
        expect(known.get(key) ?? score).toBe(score)
        known.set(key, score)
      }
    }
    expect(known.size).toBeGreaterThan(0)
  })

  it('retrains what it found, and says that it has no supernet', async () => {
    const out = join(folder, 'retrained')
    const more = 'retrain { epochs 1 }'
    const { retrainedAccuracy } = finished(
      await start('retrained', ['random(count: 1)', { score: 'trained(epochs: 1)', more }]),
    )
    expect((await evaluate(out, { backend: 'cpu' })).accuracy).toBe(retrainedAccuracy)
    const asked = { weights: 'inherited', backend: 'cpu' } as const
    expect(await failureOf(() => evaluate(out, asked))).toMatchObject({ code: 'NAS7645' })
    const by = compileScored('best(of: 2)')
    expect(await failureOf(() => search(out, { by, out: join(folder, 'never') }))).toMatchObject({ code: 'NAS7645' })
  })
})

describe('what a search judges by', () => {
  const judgedBy = (derivation: string, score: string): unknown => {
    const { plan } = resolveSearch(compileScored(derivation, `validate on 25%\n  score ${score}`), { scale: 'tiny' })
    return plan.derive.rules[0]?.by.arguments['by']
  }
  it('counts where its derivation does not say otherwise', () => {
    expect(judgedBy('best of 3', 'batch_loss')).toMatchObject({ component: 'batch_loss' })
    expect(judgedBy('best of 3 by accuracy', 'batch_loss')).toMatchObject({ component: 'accuracy' })
    expect(judgedBy('pareto(by: best(of: 3))', 'batch_loss')).toMatchObject({
      arguments: { by: { component: 'batch_loss' } },
    })
  })
})
