import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { resume, run } from '../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { unmetConstraints } from '../../../../src/analysis/index.js'
import { eventsOf, killWhen } from '../../../support/killed-runs.js'
import { compileMasked } from '../../../support/masked-search.js'
import { comparableOutcome, finished } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-masked-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
const ir = compileMasked()
const events: JournalEvent[] = []
let expected: ReturnType<typeof comparableOutcome>

beforeAll(async () => {
  writeTinyData(data, 64, 24)
  const observe = (event: JournalEvent) => events.push(event)
  const whole = await run(ir, { scale: 'tiny', backend: 'cpu', data, out: unbroken, seed: 5, observe })
  expected = comparableOutcome(unbroken, finished(whole))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a search by masks, subsamples and Gumbel weights', () => {
  it('trains weights on their share, then choices on theirs, in every epoch', () => {
    const started = events.find((event) => event.type === 'phase-started')
    // 48 and 16 of 64 images, eight in a step.
    expect(started).toMatchObject({ steps: 6 + 2, images: { weights: 48, choices: 16 } })
    const epochs = events.filter((event) => event.type === 'phase-epoch').filter(({ phase }) => phase === 'search')
    expect(epochs.map(({ scores }) => Object.keys(scores))).toEqual(
      epochs.map(() => ['loss.weights', 'accuracy.weights', 'loss.choices', 'accuracy.choices']),
    )
  })

  it('tells its effective cost, which lies within what the networks of the space cost', () => {
    const epoch = events.findLast((event) => event.type === 'phase-epoch' && event.phase === 'search')
    if (epoch?.type !== 'phase-epoch') throw new Error('no epoch')
    expect(epoch.figures['macs_effective.choices']).toBeGreaterThan(2000)
    expect(epoch.figures['macs_effective.choices']).toBeLessThan(200_000)
  })

  it('derives a network within the constraints of its space, with a choice of every kind, and retrains it', () => {
    const derived = events.find((event) => event.type === 'architecture-derived')
    if (derived?.type !== 'architecture-derived') throw new Error('nothing is derived')
    const { decisions } = derived
    expect(Object.keys(decisions)).toEqual(expect.arrayContaining(['resolution', 'a.width', 'b.layer[2]']))
    expect(unmetConstraints(ir, { space: 'masked', decisions }, {})).toEqual([])
    expect(
      readRun(unbroken)
        .events()
        .map(({ type }) => type),
    ).toContain('run-finished')
  })

  const count = (run: string, type: JournalEvent['type']): number =>
    eventsOf(run).filter((each) => each === type).length
  it.each([
    [
      'in the first epoch',
      5,
      (run: string) => existsSync(join(run, 'checkpoints')) && readdirSync(join(run, 'checkpoints')).length > 1,
    ],
    ['in the second epoch', 14, (run: string) => count(run, 'phase-epoch') === 1],
    ['in the retraining', 21, (run: string) => count(run, 'phase-started') === 2],
  ] as const)(
    'that is killed %s and resumed ends in the same bits',
    async (_, steps, ready) => {
      const killed = join(folder, `killed-${String(steps)}`)
      expect(await killWhen(() => ready(killed), 'child-masked.ts', [data, killed, String(steps)])).toBe('SIGKILL')
      expect(count(killed, 'run-finished')).toBe(0)
      expect(comparableOutcome(killed, finished(await resume(killed)))).toEqual(expected)
      expect(count(killed, 'run-resumed')).toBe(1)
    },
    240_000,
  )
})
