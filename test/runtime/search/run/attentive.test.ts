import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evaluate, type RunResult } from '../../../../src/runtime/index.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { attentiveIr, bestUp, runAttentive } from '../../../support/attentive-search.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-attentive-'))
const data = join(folder, 'data')
const unbroken = join(folder, 'unbroken')
let whole: RunResult

beforeAll(async () => {
  writeTinyData(data)
  whole = finished(await runAttentive(data, unbroken))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a search with attentive sampling', () => {
  it('ends with a front: the cheaper a network, the lower its score', () => {
    const events = readRun(unbroken).events()
    const scores = events.filter((event) => event.type === 'architecture-scored')
    const front = events.filter((event) => event.type === 'architecture-derived')
    expect(front.length).toBeGreaterThan(1)
    const known = front.map(({ decisions }) => scores.find((each) => same(each.decisions, decisions)))
    for (const [place, each] of known.entries()) {
      const next = known[place + 1]
      if (each === undefined || next === undefined) continue
      expect([each.score > next.score, each.macs > next.macs]).toEqual([true, true])
    }
    expect(readdirSync(join(unbroken, 'architectures')).filter((name) => name.endsWith('.nas'))).toHaveLength(
      front.length,
    )
  })

  it('tells of the labels at the largest network, and of what it says at the others', () => {
    const epochs = readRun(unbroken)
      .events()
      .filter((event) => event.type === 'phase-epoch')
    const names = Object.keys(epochs[0]?.figures ?? {}).filter((name) => /cross|distill/u.test(name))
    expect(names).toEqual(['cross_entropy.weights', 'distill.weights'])
  })

  it('whose networks are evaluated without training: what the run said of them', async () => {
    for (const { name, derivedAccuracy } of whole.architectures) {
      const { accuracy, weights } = await evaluate(unbroken, { data, architecture: name })
      expect([weights, accuracy]).toEqual(['inherited', derivedAccuracy])
    }
  })

  it('that is stopped again and again, and resumed, ends in the same bits', async () => {
    const broken = join(folder, 'broken')
    await runAttentive(data, broken, stopAfter(2))
    const { outcome, parts } = await resumeUntilDone(broken, 3)
    expect(parts).toBeGreaterThan(2)
    expect(comparableOutcome(broken, finished(outcome))).toEqual(comparableOutcome(unbroken, whole))
  })

  it.each([
    ['kernels that are transformed', bestUp, 'slice(transform: true)'],
    ['the worst of them', bestUp.replace('best', 'worst'), 'slice'],
    [
      'the published procedure',
      'sandwich(attentive(best of 3 by batch_loss, bins: 4k, prior: "table", samples: 200))',
      'slice',
    ],
    ['no sandwich', 'attentive(best of 2 by batch_loss, bins: 4k)', 'slice'],
  ])('runs with %s, otherwise than without', async (name, sample, slice) => {
    const out = join(folder, name)
    const result = finished(await runAttentive(data, out, {}, attentiveIr(sample, slice)))
    expect(result.architectures.length).toBeGreaterThan(0)
    const losses = (run: string) =>
      readRun(run)
        .events()
        .flatMap((event) => (event.type === 'phase-epoch' ? [event.scores['loss.weights']] : []))
    expect(losses(out)).not.toEqual(losses(unbroken))
  })
})

function same(a: Readonly<Record<string, readonly number[]>>, b: Readonly<Record<string, readonly number[]>>): boolean {
  const text = (of: typeof a) => JSON.stringify(Object.entries(of).sort())
  return text(a) === text(b)
}
