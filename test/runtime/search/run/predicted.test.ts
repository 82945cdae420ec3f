import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, resume, type RunResult } from '../../../../src/runtime/index.js'
import { loadNewestCheckpoint } from '../../../../src/runtime/run/checkpoint.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { attentiveIr, bestUpPredicted, runAttentive, scorePredictor } from '../../../support/attentive-search.js'
import { killWhen } from '../../../support/killed-runs.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-predicted-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
const predicted = (sample = bestUpPredicted, constraint = '') =>
  attentiveIr(sample, 'slice', scorePredictor, constraint)
let whole: RunResult

beforeAll(async () => {
  writeTinyData(data)
  whole = finished(await runAttentive(data, unbroken, {}, predicted()))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type OfType<Type extends JournalEvent['type']> = Extract<JournalEvent, { readonly type: Type }>

function eventsOf<Type extends JournalEvent['type']>(run: string, type: Type): readonly OfType<Type>[] {
  return readRun(run)
    .events()
    .filter((event): event is OfType<Type> => event.type === type)
}

/** Of the supernet at the end, in every epoch. */
const losses = (run: string) => eventsOf(run, 'phase-epoch').map(({ scores }) => scores['loss.weights'])

/** The supernet in the end, to the last bit. */
function supernetOf(run: string) {
  const found = loadNewestCheckpoint(join(run, 'checkpoints', 'supernet'))
  return [...(found?.checkpoint.arrays ?? [])].map(([name, values]) => [name, [...values]] as const).sort()
}

describe('a search that ranks networks of a step by a predictor of accuracy', () => {
  it('trains without it, scores architectures, fits it, and trains on with it', () => {
    const phases = eventsOf(unbroken, 'phase-started').map(({ phase, epochs }) => [phase, epochs])
    expect(phases).toEqual([
      ['pretraining', 1],
      ['score', 1],
      ['fit predictor', 10],
      ['search', 1],
      ['derive', 2],
    ])
    expect(eventsOf(unbroken, 'phase-epoch').map(({ phase, epoch }) => [phase, epoch])).toEqual([
      ['pretraining', 0],
      ['search', 1],
    ])
    const scored = eventsOf(unbroken, 'architecture-scored').filter(({ phase }) => phase === 'score')
    expect(new Set(scored.map(({ decisions }) => JSON.stringify(decisions))).size).toBe(20)
    expect(scored.every(({ score, scores }) => score === scores['accuracy'])).toBe(true)
    const [fitted] = eventsOf(unbroken, 'predictor-fitted')
    expect(fitted).toMatchObject({ predictor: 'quality', fitted: 16, heldOut: 4 })
    expect(Number.isFinite(fitted?.relativeError)).toBe(true)
  })

  it('trains as a search without a predictor, as long as there is none', async () => {
    const one = 'sandwich(attentive(best of 1 by predicted, bins: 4k), count: 2)'
    const [alone, beside] = [join(folder, 'alone'), join(folder, 'beside')]
    finished(await runAttentive(data, alone, {}, attentiveIr(one.replace('predicted', 'batch_loss'))))
    finished(await runAttentive(data, beside, {}, predicted(one)))
    // Where one network is drawn nothing is ranked: what comes in between changes nothing of the training.
    expect(losses(beside)).toEqual(losses(alone))
    expect(supernetOf(beside)).toEqual(supernetOf(alone))
  })

  it('whose networks are evaluated without training: what the run said of them', async () => {
    for (const { name, derivedAccuracy } of whole.architectures) {
      const { accuracy, weights } = await evaluate(unbroken, { data, architecture: name })
      expect([weights, accuracy]).toEqual(['inherited', derivedAccuracy])
    }
  })

  it('that is stopped after every step, and resumed, ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    await runAttentive(data, broken, stopAfter(1), predicted())
    const { outcome, parts } = await resumeUntilDone(broken, 1)
    expect(parts).toBeGreaterThan(30)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(unbroken, whole))
  })

  // Three steps, 20 networks, ten epochs of one step, three steps again; after each training one look more.
  it.each([
    ['while they are scored for the predictor', 4 + 7, 'score', 5],
    ['while the predictor is fitted', 4 + 20 + 6, 'fit predictor', 20],
    ['while they are ranked by it', 4 + 20 + 11 + 2, 'search', 20],
  ] as const)('that is killed %s, and resumed, ends in the same bits', async (name, steps, phase, scores) => {
    const killed = join(folder, name)
    const lines = (run: string): string => {
      const journal = join(run, 'journal.jsonl')
      return existsSync(journal) ? readFileSync(journal, 'utf8') : ''
    }
    const isThere = (): boolean =>
      lines(killed).includes(`"type":"phase-started","phase":"${phase}"`) &&
      lines(killed).split('"architecture-scored"').length - 1 >= scores
    const given = [data, killed, String(steps), bestUpPredicted, scorePredictor]
    expect(await killWhen(isThere, 'child-attentive.ts', given)).toBe('SIGKILL')
    expect(lines(killed)).not.toContain('"phase":"derive"')
    const resumed = finished(await resume(killed))
    expect(comparableOutcome(killed, resumed)).toEqual(comparableOutcome(unbroken, whole))
  })

  it.each([
    ['the worst of them', bestUpPredicted.replace('best', 'worst'), ''],
    ['no sandwich', 'attentive(best of 4 by predicted, bins: 4k, prior: "table", samples: 200)', ''],
    ['a constraint', bestUpPredicted, 'require macs <= 60k'],
  ])('runs with %s, otherwise than without', async (name, sample, constraint) => {
    const out = join(folder, name)
    const result = finished(await runAttentive(data, out, {}, predicted(sample, constraint)))
    expect(result.architectures.length).toBeGreaterThan(0)
    expect(losses(out)[1]).not.toEqual(losses(unbroken)[1])
    if (constraint === '') return
    expect(eventsOf(out, 'architecture-scored').every(({ macs }) => macs <= 60_000)).toBe(true)
  })
})
