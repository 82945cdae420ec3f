import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEngine } from '../../../../src/runtime/backend/choose.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import { createRandom } from '../../../../src/runtime/random/random.js'
import { defaultPredictorOptimiser } from '../../../../src/runtime/search/components/optimisers/index.js'
import {
  fitPredictor,
  type FitOutcome,
  type FitQuality,
} from '../../../../src/runtime/search/measurements/fit-predictor.js'
import { quietValues, type Measurement } from '../../../../src/runtime/search/measurements/measurements.js'
import { linearValue } from '../../../../src/runtime/search/measurements/least-squares.js'
import { qualityOf } from '../../../../src/runtime/search/measurements/quality.js'
import { splitSamples } from '../../../../src/runtime/search/measurements/samples.js'
import { trendOf } from '../../../../src/runtime/search/measurements/trend.js'
import type { PredictorPlan } from '../../../../src/runtime/search/settings/plan.js'
import { loopStart, type LoopState } from '../../../../src/runtime/search/step/loop.js'
import { failureOf } from '../../../support/failures.js'
import { stopAfter } from '../../../support/tiny-runs.js'
import { busyMeasurements, cellSpace, syntheticMeasurements } from '../../../support/synthetic-latency.js'

const measured = cellSpace()
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const rows = syntheticMeasurements(measured, 4000)

const plan = (epochs: number): PredictorPlan => ({
  name: 'latency',
  by: { component: 'mlp', arguments: { widths: [128, 64], on: 'one_hot', fitted: 'latency.csv' } },
  predicts: 'costs',
  optimiser: defaultPredictorOptimiser,
  settings: { epochs, batch: 64, measure: 0, pretrain: 0 },
})

let engine: Engine

beforeAll(async () => {
  engine = await openEngine({ backend: 'wasm', threads: 1 })
})

afterAll(() => {
  engine.dispose()
})

interface Saved {
  state: LoopState
  arrays?: ReadonlyMap<string, Float32Array>
}

function fit(count: number, epochs: number, from: Saved = { state: loopStart }, steps = Infinity): Promise<FitOutcome> {
  return fitTo(rows.slice(0, count), epochs, from, steps)
}

function fitTo(
  some: readonly Measurement[],
  epochs: number,
  from: Saved = { state: loopStart },
  steps = Infinity,
  seed = 7,
): Promise<FitOutcome> {
  return fitPredictor(
    {
      ...{ plan: plan(epochs), engine, random: createRandom(seed) },
      split: splitSamples(some, measured, createRandom(seed), 'latency.csv'),
      stored: from.arrays,
      control: { progressEvery: 10, ...stopAfter(steps), checkpointEvery: Infinity },
      record: () => undefined,
      save(state, arrays) {
        Object.assign(from, { state, arrays })
      },
    },
    from.state,
  )
}

async function qualityAt(count: number) {
  const outcome = await fit(count, 100)
  if (outcome.kind === 'interrupted') throw new Error('nobody stops it')
  return outcome.quality
}

describe('a predictor of a latency without noise', () => {
  it('is off by less than 3 %, by less than every baseline, and the less the more it has seen', async () => {
    const [few, more, most] = [await qualityAt(250), await qualityAt(1000), await qualityAt(4000)]
    expect(most.relativeError).toBeLessThan(0.03)
    expect(more.relativeError).toBeLessThan(few.relativeError)
    expect(most.relativeError).toBeLessThan(more.relativeError)
    for (const baseline of Object.values(most.baselines)) {
      expect(most.relativeError).toBeLessThan(baseline.relativeError)
      expect(most.kendallTau).toBeGreaterThan(baseline.kendallTau ?? 0)
    }
    expect(most.fitted + most.heldOut).toBe(4000)
  }, 240_000)

  it('comes to the same bits where it is stopped and resumed', async () => {
    const whole = await fit(250, 6)
    const parts: Saved = { state: loopStart }
    expect((await fit(250, 6, parts, 7)).kind).toBe('interrupted')
    const rest = await fit(250, 6, parts)
    expect(rest).toEqual(whole)
  })
})

describe('a predictor of a latency with noise', () => {
  const busy = busyMeasurements(measured, 2000, 0.06)

  // Who is held out decides as much as who predicts, so it is the mean over several splits.
  it.each([500, 2000])('is off by less than every baseline after %i architectures', async (count) => {
    const seeds = [1, 2, 3, 4, 5]
    const qualities: FitQuality[] = []
    for (const seed of seeds) {
      const outcome = await fitTo(busy.slice(0, count), 15, undefined, undefined, seed)
      if (outcome.kind === 'interrupted') throw new Error('nobody stops it')
      qualities.push(outcome.quality)
    }
    const errorOf = (of: (quality: FitQuality) => number): number => mean(qualities.map(of))
    const own = errorOf(({ relativeError }) => relativeError)
    for (const name of ['constant', 'macs', 'oneHot'] as const) {
      expect(own, name).toBeLessThan(errorOf(({ baselines }) => baselines[name].relativeError))
    }
  })

  it('falls back to what adds up where the network learns nothing but noise', async () => {
    const random = createRandom(5).stream('noise')
    const outcome = await fitTo(
      rows.slice(0, 100).map((row) => ({ ...row, value: 1 + 0.1 * random.normal() })),
      40,
    )
    if (outcome.kind === 'interrupted') throw new Error('nobody stops it')
    expect(outcome.quality.relativeError).toBeLessThan(1.1 * outcome.quality.baselines.constant.relativeError)
    expect(outcome.quality.relativeError).toBeLessThan(outcome.quality.baselines.oneHot.relativeError)
  })
})

describe('measurements', () => {
  it('of one architecture stand on one side of the split', () => {
    const twice = [...rows.slice(0, 100), ...rows.slice(0, 100)]
    const { fitted, heldOut } = splitSamples(twice, measured, createRandom(0), 'latency.csv')
    const codes = new Set(fitted.map(({ code }) => code.join('')))
    expect(heldOut.some(({ code }) => codes.has(code.join('')))).toBe(false)
    expect(fitted.length + heldOut.length).toBe(200)
  })

  it('of multiply-accumulates are what adds up over the options of cells', () => {
    const split = splitSamples(rows.slice(0, 50), measured, createRandom(0), 'latency.csv')
    const byMacs = split.fitted.map(({ code, macs }) => ({ code, macs, value: macs }))
    const trend = trendOf({ ...split, fitted: byMacs })
    for (const { code, macs } of split.heldOut) {
      expect(linearValue(split.macs, code) / macs).toBeCloseTo(1, 3)
      expect(linearValue(trend, code) / macs).toBeCloseTo(1, 2)
    }
  })

  it('are refused where they are too few, or of no architecture of the space', async () => {
    const split = (some: typeof rows) => failureOf(() => splitSamples(some, measured, createRandom(0), 'latency.csv'))
    expect(await split(rows.slice(0, 5))).toMatchObject({ code: 'NAS7617' })
    const stray = { place: 'latency.csv, line 3', decisions: { 'normal.n1.from': [0] }, value: 1 }
    expect(await split([...rows.slice(0, 50), stray])).toMatchObject({
      code: 'NAS7618',
      message: 'latency.csv, line 3: is no architecture of cells.',
    })
  })

  it('count in proportion to the reference beside them', () => {
    const row = { place: '', decisions: {} }
    expect(
      quietValues([
        { ...row, value: 3, reference: 2 },
        { ...row, value: 3, reference: 1 },
        { ...row, value: 5 },
      ]),
    ).toEqual([1.5, 3, 5])
  })
})

it('the error of a prediction is a share of what was measured, of 0 all of it where it is off', () => {
  const sample = (value: number) => ({ code: new Float32Array(), value, macs: 0 })
  const { relativeError, absoluteError } = qualityOf([0.1, 0, 0.3, -4], [0, 0, 0.4, -5].map(sample))
  expect(relativeError).toBeCloseTo((1 + 0 + 0.25 + 0.2) / 4, 12)
  expect(absoluteError).toBeCloseTo((0.1 + 0 + 0.1 + 1) / 4, 12)
})
