import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { openEngine } from '../../../../src/runtime/backend/choose.js'
import type { Batch } from '../../../../src/runtime/data/batches.js'
import { evaluate, type RunResult } from '../../../../src/runtime/index.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { extremeOption } from '../../../../src/runtime/search/components/samplers/select.js'
import { evaluateInherited } from '../../../../src/runtime/search/phases/inherited.js'
import { openKeptSupernet } from '../../../../src/runtime/search/phases/kept-supernet.js'
import { reopen } from '../../../../src/runtime/search/run/resume-run.js'
import { testBatches } from '../../../../src/runtime/search/step/session.js'
import { calibrateOn, type EvaluationScore } from '../../../../src/runtime/training/evaluation.js'
import { openSteps } from '../../../../src/runtime/training/steps.js'
import { buildNetwork } from '../../../../src/space/index.js'
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

describe('calibration', () => {
  it('is what a slice needs: with the statistics that variables begin with it is much worse', async () => {
    const out = join(folder, 'calibrated')
    await buildKernels()
    const ir = attentiveIr('sandwich(count: 0)')
    finished(await runAttentive(data, out, { scale: 'plain', backend: 'wasm', threads: 1 }, ir))
    const run = readRun(out)
    const { search, data: images } = await reopen(run, { data })
    const engine = await openEngine({ backend: 'cpu' })
    const random = createRandom(run.record.seed)
    const decisions = search.sampled.architecture((decision) => extremeOption(decision, -1, 'test'))
    const scoreAfter = async (calibrate: number): Promise<EvaluationScore> => {
      const steps = openKeptSupernet(run, engine, random)
      for (const name of steps.snapshot().keys()) {
        const values = steps.variables.read(name)
        if (values !== undefined && /\.(?:mean|variance)$/u.test(name))
          steps.variables.write(name, values.fill(name.endsWith('mean') ? 0 : 1))
      }
      const plan = { ...search.plan, settings: { ...search.plan.settings, calibrate } }
      const score = await evaluateInherited({
        ...{ search: { ...search, plan }, data: images, random, steps },
        ...{ architecture: { space: search.plan.space, decisions }, images: testBatches(images) },
      })
      steps.dispose()
      return score
    }
    const [never, once] = [await scoreAfter(0), await scoreAfter(2)]
    engine.dispose()
    expect(once.accuracy).toBeGreaterThan(never.accuracy + 0.1)
    expect(once.loss).toBeLessThan(never.loss / 2)
  })

  it('is the mean over batches, in whatever order they come', async () => {
    const ir = attentiveIr(bestUp)
    const network = buildNetwork(ir, 'small', {
      ...{ params: {}, mode: 'standalone', input: { height: 8, width: 8, channels: 1 }, classes: 3 },
      binding: () => ({ kind: 'fixed', options: [0] }),
    })
    const statistics = async (order: readonly number[]): Promise<readonly number[]> => {
      const engine = await openEngine({ backend: 'cpu' })
      const steps = openSteps(engine, { random: createRandom(1) })
      const step = steps.prepare('calibrate', () => network, { batch: 4, mode: 'calibrate' })
      const batch = (_epoch: number, index: number): Batch => {
        const draws = createRandom(3).stream(String(order[index]))
        const images = Float32Array.from({ length: 4 * 64 }, () => draws.normal())
        return { images, labels: new Int32Array(4), count: 4 }
      }
      expect(await calibrateOn(step, { steps: order.length, batch }, order.length)).toBe(4 * order.length)
      const found = [...steps.snapshot()].flatMap(([name, values]) =>
        /\.(?:mean|variance)$/u.test(name) ? [...values] : [],
      )
      engine.dispose()
      return found
    }
    const [forward, backward] = [await statistics([0, 1, 2, 3, 4]), await statistics([3, 1, 4, 0, 2])]
    expect(forward.length).toBeGreaterThan(20)
    forward.forEach((value, place) => expect(value).toBeCloseTo(backward[place] ?? NaN, 5))
  })
})

function same(a: Readonly<Record<string, readonly number[]>>, b: Readonly<Record<string, readonly number[]>>): boolean {
  const text = (of: typeof a) => JSON.stringify(Object.entries(of).sort())
  return text(a) === text(b)
}
