import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, resume } from '../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { failureOf } from '../../../support/failures.js'
import { finished, resumeUntilDone, runTiny, stopAfter, comparableOutcome } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-search-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
const heard: JournalEvent[] = []

beforeAll(async () => {
  writeTinyData(data)
  await runTiny(data, unbroken, { threads: 1, observe: (event) => heard.push(event) })
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const resultOf = async (run: string) => finished(await resume(run))

describe('a run', () => {
  it('leaves every file that a run directory has', () => {
    const files = ['run.json', 'program.ir.json', 'split.json', 'journal.jsonl', 'report.html']
    expect(files.filter((file) => !existsSync(join(unbroken, file)))).toEqual([])
    expect(readdirSync(join(unbroken, 'architectures'))).toContain('derived.nas')
    expect(readdirSync(join(unbroken, 'checkpoints')).filter((name) => name.endsWith('.bin')).length).toBeGreaterThan(0)
  })

  it('learns: the losses of weights and choices fall, the retrained network tells the three classes apart', async () => {
    const epochs = heard.filter((event) => event.type === 'phase-epoch').filter(({ phase }) => phase === 'search')
    const [first, last] = [epochs[0], epochs.at(-1)]
    for (const set of ['weights', 'choices']) {
      expect(last?.scores[`loss.${set}`]).toBeLessThan(first?.scores[`loss.${set}`] ?? 0)
    }
    // Eight steps do not settle the choices, so of the derived network with inherited weights nothing can be said.
    expect((await resultOf(unbroken)).retrainedAccuracy).toBeGreaterThan(0.6)
  })

  it('tells where every decision stands at the end of an epoch, in probabilities', () => {
    const epoch = heard.find((event) => event.type === 'phase-epoch')
    const rows = Object.values(epoch?.probabilities ?? {})
    expect(rows).toHaveLength(28)
    for (const row of rows) {
      expect(row).toHaveLength(8)
      expect(row.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    }
    // Logits start near 0, so every option is about as likely, and the entropy is close to ln 8.
    expect(epoch?.figures['entropy.through']).toBeCloseTo(Math.log(8), 4)
  })

  it('that is stopped at every third step and resumed ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    const start = await runTiny(data, broken, stopAfter(3))
    expect(start).toMatchObject({ kind: 'interrupted', phase: 'search', epoch: 0, step: 3 })
    const { outcome, parts } = await resumeUntilDone(broken, 3)
    expect(parts).toBeGreaterThan(6)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(unbroken, await resultOf(unbroken)))
  })

  it('that is stopped before its first step goes on as well', async () => {
    const early = join(folder, 'early')
    expect(await runTiny(data, early, stopAfter(0))).toMatchObject({ kind: 'interrupted', step: 0 })
    expect(comparableOutcome(early, await resultOf(early))).toEqual(
      comparableOutcome(unbroken, await resultOf(unbroken)),
    )
  })

  it('whose newest checkpoint is cut short goes on from the one before, and says so', async () => {
    const cut = join(folder, 'cut')
    await runTiny(data, cut, { ...stopAfter(6), checkpointEvery: 2 })
    const newest =
      readdirSync(join(cut, 'checkpoints'))
        .filter((name) => name.endsWith('.bin'))
        .sort()
        .at(-1) ?? ''
    truncateSync(join(cut, 'checkpoints', newest), 1000)
    const events: JournalEvent[] = []
    const result = finished(await resume(cut, { observe: (event) => events.push(event) }))
    const resumed = events.find((event) => event.type === 'run-resumed')
    expect(resumed?.damaged).toEqual([expect.stringContaining(`${newest} is cut short`)])
    expect(comparableOutcome(cut, result)).toEqual(comparableOutcome(unbroken, await resultOf(unbroken)))
  })

  it('tells why it has one thread where more were asked for, and learns the same', async () => {
    const events: JournalEvent[] = []
    // The first run of this process began with one thread, so that its memory is not shared.
    const alone = join(folder, 'alone')
    const result = finished(await runTiny(data, alone, { threads: 2, observe: (event) => events.push(event) }))
    const started = events.find((event) => event.type === 'run-started')
    expect(started?.threads).toBe(1)
    expect(started?.threadNote).toMatch(/^one thread instead of 2: /)
    expect(comparableOutcome(alone, result)).toEqual(comparableOutcome(unbroken, await resultOf(unbroken)))
  })

  it('of another seed is another run', async () => {
    const other = join(folder, 'other')
    const result = finished(await runTiny(data, other, { seed: 6 }))
    expect(comparableOutcome(other, result).weights).not.toEqual(
      comparableOutcome(unbroken, await resultOf(unbroken)).weights,
    )
  })

  it('is not overwritten', async () => {
    expect(await failureOf(() => runTiny(data, unbroken))).toMatchObject({ code: 'NAS7215' })
  })
})

describe('evaluate', () => {
  it('gives the accuracies that the run ended with', async () => {
    const result = await resultOf(unbroken)
    const retrained = await evaluate(unbroken)
    expect(retrained).toMatchObject({ weights: 'retrained', samples: 24, accuracy: result.retrainedAccuracy })
    expect(retrained.parameters).toBe(result.parameters)
    const inherited = await evaluate(unbroken, { weights: 'inherited' })
    expect(inherited).toMatchObject({ weights: 'inherited', samples: 24, accuracy: result.derivedAccuracy })
  })

  it('takes any architecture of the program with the weights of the supernet', async () => {
    const result = await evaluate(unbroken, { architecture: 'DARTS_V2' })
    expect(result.weights).toBe('inherited')
    expect(result.samples).toBe(24)
    expect((await failureOf(() => evaluate(unbroken, { architecture: 'DARTS_V9' }))).code).toBe('NAS6112')
  })

  it('refuses what a run has not come to', async () => {
    const early = join(folder, 'unready')
    await runTiny(data, early, stopAfter(1))
    expect(await failureOf(() => evaluate(early))).toMatchObject({ code: 'NAS7521' })
  })
})
