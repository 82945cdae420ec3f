import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, resume, run, type RunOutcome } from '../../../../src/runtime/index.js'
import { withoutMeasures, type JournalEvent } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { runPhases } from '../../../../src/runtime/search/phases/phases.js'
import { resolveSearch } from '../../../../src/runtime/search/run/resolve-search.js'
import { failureOf } from '../../../support/failures.js'
import type { Ir } from '../../../../src/ir/model/ir.js'
import { seal } from '../../../../src/ir/seal/index.js'
import { compileScored, scoredSession } from '../../../support/scored-search.js'
import { finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-scored-'))
const data = join(folder, 'data')
const evolution = 'evolution(population: 4, generations: 2, mutants: 2, crossovers: 2, mutation: 0.3, most: 20k)'
const pareto = `pareto(bins: 4k, least: 0, most: 60k) by ${evolution}`

beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (
  derivation: string,
  out: string,
  more: Parameters<typeof run>[1] = {},
  clauses?: string,
): Promise<RunOutcome> =>
  run(compileScored(derivation, clauses), {
    scale: 'tiny',
    backend: 'cpu',
    data,
    out: join(folder, out),
    seed: 5,
    ...more,
  })

/** As the compiler would not let it pass. */
function withoutValidation({ format: _format, hash: _hash, ...program }: Ir): Ir {
  return seal({ ...program, searches: program.searches.map(({ validate: _validate, ...search }) => search) })
}

const eventsOf = (out: string): readonly JournalEvent[] => readRun(join(folder, out)).events()
const scoresOf = (out: string) => eventsOf(out).filter((event) => event.type === 'architecture-scored')

describe('a search that scores architectures', () => {
  it('scores whole rounds within the constraints and the bound, none twice, and derives the best', async () => {
    const result = finished(await start(evolution, 'unbroken'))
    const scored = scoresOf('unbroken')
    expect([0, 1, 2].map((round) => scored.filter((event) => event.round === round).length)).toEqual([4, 4, 4])
    expect(new Set(scored.map(({ decisions }) => JSON.stringify(decisions))).size).toBe(12)
    expect(Math.max(...scored.map(({ macs }) => macs))).toBeLessThanOrEqual(20_000)
    expect(Math.min(...scored.map(({ macs }) => macs))).toBeGreaterThanOrEqual(2000)
    const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
    const derived = eventsOf('unbroken').find((event) => event.type === 'architecture-derived')
    expect(derived?.decisions).toEqual(best.decisions)
    expect(scored.map(({ score, scores }) => score - (scores['accuracy'] ?? NaN))).toEqual(scored.map(() => 0))
    expect(result.architectures.map(({ name }) => name)).toEqual(['derived'])
  })

  it('goes on after every stop to the same scores and the same result', async () => {
    const before = await start(evolution, 'broken', stopAfter(7))
    expect(before).toMatchObject({ kind: 'interrupted', phase: 'derive', epoch: 0 })
    const { outcome, parts } = await resumeUntilDone(join(folder, 'broken'), 3)
    expect(parts).toBeGreaterThanOrEqual(3)
    const { run: _run, seconds: _seconds, ...result } = finished(outcome)
    const { run: _other, seconds: _longer, ...expected } = finished(await resume(join(folder, 'unbroken')))
    expect(result).toEqual(expected)
    expect(scoresOf('broken')).toEqual(scoresOf('unbroken'))
    const told = (out: string) =>
      eventsOf(out)
        .filter(({ type }) => type !== 'run-resumed' && type !== 'run-started')
        .map(withoutMeasures)
    expect(told('broken')).toEqual(told('unbroken'))
  })

  it('may end with several architectures: written, tested and evaluated by their names', async () => {
    const result = finished(await start(pareto, 'front', {}, 'validate on 25%\n  score batch_loss'))
    const names = result.architectures.map(({ name }) => name)
    expect(names.length).toBeGreaterThan(1)
    expect(names[1]).toBe('derived_2')
    expect(readdirSync(join(folder, 'front', 'architectures')).sort()).toEqual(
      names.map((name) => `${name}.nas`).sort(),
    )
    // The better, the dearer: otherwise it would not be on the front.
    const scored = scoresOf('front')
    const derived = eventsOf('front').filter((event) => event.type === 'architecture-derived')
    const points = derived.map(({ decisions }) =>
      scored.find((event) => JSON.stringify(event.decisions) === JSON.stringify(decisions)),
    )
    for (const [index, point] of points.slice(1).entries()) {
      expect(point?.score).toBeLessThan(points[index]?.score ?? -Infinity)
      expect(point?.macs).toBeLessThan(points[index]?.macs ?? -Infinity)
    }
    const second = await evaluate(join(folder, 'front'), { architecture: 'derived_2', backend: 'cpu' })
    expect(second).toMatchObject({ weights: 'inherited', accuracy: result.architectures[1]?.derivedAccuracy })
  })

  it('looks at test images in its last phase only', async () => {
    let phases: readonly string[] = []
    const session = await scoredSession(pareto, data, join(folder, 'guarded'), (test) => ({
      count: test.count,
      get images() {
        phases = [...phases, 'images']
        return test.images
      },
      get labels() {
        phases = [...phases, 'labels']
        return test.labels
      },
    }))
    const lookedBefore: number[] = []
    const record = session.record.bind(session)
    const outcome = await runPhases({
      ...session,
      record(event) {
        if (event.type === 'architecture-scored' || event.type === 'architecture-derived') {
          lookedBefore.push(phases.length)
        }
        record(event)
      },
    })
    session.directory.close()
    session.engine.dispose()
    expect(outcome.kind).toBe('finished')
    expect(lookedBefore.length).toBeGreaterThan(12)
    expect(new Set(lookedBefore)).toEqual(new Set([0]))
    expect(new Set(phases)).toEqual(new Set(['images', 'labels']))
  })

  it('refuses to judge without images of its own, and beside other rules', async () => {
    expect(() => compileScored(evolution, '')).toThrow('keeps no images for that')
    const without = withoutValidation(compileScored(evolution))
    expect(await failureOf(() => resolveSearch(without, { scale: 'tiny' }))).toMatchObject({ code: 'NAS7530' })
    const beside = compileScored('evolution, then argmax')
    expect(await failureOf(() => resolveSearch(beside, { scale: 'tiny' }))).toMatchObject({ code: 'NAS7529' })
  })

  it('judges what is read off the weights of options as well', async () => {
    finished(await start('argmax', 'read-off'))
    const evaluations = eventsOf('read-off').filter((event) => event.type === 'evaluation')
    expect(evaluations.map(({ split, samples, weights }) => [split, samples, weights])).toEqual([
      ['validation', 16, 'inherited'],
      ['test', 24, 'inherited'],
    ])
  })
})
