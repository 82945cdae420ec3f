import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { run } from '../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { loadNewestCheckpoint } from '../../../../src/runtime/run/checkpoint.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { printMeasurements } from '../../../../src/runtime/search/measurements/measurements-file.js'
import { failureOf } from '../../../support/failures.js'
import { compiledText } from '../../../support/programs.js'
import {
  cellProgram,
  cellSpace,
  latencySearch,
  syntheticLatency,
  syntheticMeasurements,
} from '../../../support/synthetic-latency.js'
import { finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-latency-'))
const data = join(folder, 'data')
const file = join(folder, 'latency.csv')
const measured = cellSpace()
const decisions = measured.choices.explored.map(({ decision }) => decision)

const program = (cost: string, epochs?: number) => compiledText(cellProgram(latencySearch(file, cost, epochs)))

beforeAll(async () => {
  writeTinyData(data)
  await buildKernels()
  const rows = syntheticMeasurements(measured, 400).map(({ value, ...row }) => ({ ...row, value }))
  writeFileSync(file, printMeasurements({ setting: { quantity: 'synthetic latency', unit: 'ms' }, rows }, decisions))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = (name: string) => ({ backend: 'wasm', threads: 1, data, out: join(folder, name), seed: 3 }) as const

/** What the derived network really costs. */
function latencyOf(name: string): number {
  const derived = readRun(join(folder, name))
    .events()
    .find((event) => event.type === 'architecture-derived')
  return syntheticLatency(measured, derived?.decisions ?? {})
}

/** The variables of the predictor and of the supernet, to the last bit. */
function keptBy(name: string) {
  return ['predictor', 'supernet'].map((kept) => {
    const found = loadNewestCheckpoint(join(folder, name, 'checkpoints', kept))
    return [...(found?.checkpoint.arrays ?? [])].map(([variable, values]) => [variable, [...values]] as const).sort()
  })
}

/** What the run told of the predictor, and what it derived. */
function resultOf(name: string) {
  const told = readRun(join(folder, name)).events()
  return told.filter(({ type }) => type === 'predictor-fitted' || type === 'architecture-derived')
}

describe('a search that minimises a latency', () => {
  it('derives networks that are faster, the more it weighs, and tells how good the predictor is', async () => {
    const ir = program('sampled(latency / latency.reference, samples: 4)', 10)
    const heard: JournalEvent[] = []
    for (const factor of [0, 0.3, 20]) {
      const observe = (event: JournalEvent): number => heard.push(event)
      finished(await run(ir, { ...options(String(factor)), set: { factor }, observe }))
    }
    const [free, little, much] = [latencyOf('0'), latencyOf('0.3'), latencyOf('20')]
    expect(little).toBeLessThanOrEqual(free)
    expect(much).toBeLessThanOrEqual(little)
    expect(much).toBeLessThan(0.8 * free)
    const fitted = heard.find((event) => event.type === 'predictor-fitted')
    expect(fitted?.relativeError).toBeLessThan(0.1)
    expect(fitted).toMatchObject({ predictor: 'latency', fitted: 320, heldOut: 80 })
  }, 120_000)

  it('takes the expectation in place of draws, and other costs than predictors', async () => {
    const free = latencyOf('0')
    for (const [name, cost] of Object.entries({
      expected: 'sampled(latency / latency.reference, estimator: expected)',
      variant: 'latency.expected / latency.reference',
      macs: 'sampled(macs / 10k, samples: 2)',
    })) {
      finished(await run(program(cost), { ...options(name), set: { factor: 20 } }))
      expect(latencyOf(name)).toBeLessThan(0.8 * free)
    }
  }, 120_000)

  it('comes to the same bits where it is stopped in the fit and in the search', async () => {
    const ir = program('sampled(latency / latency.reference, samples: 2)', 2)
    const set = { factor: 1 }
    finished(await run(ir, { ...options('whole'), set }))
    const first = await run(ir, { ...options('parts'), set, ...stopAfter(37) })
    expect(first).toMatchObject({ kind: 'interrupted', phase: 'fit predictor' })
    const { outcome, parts } = await resumeUntilDone(join(folder, 'parts'), 60)
    expect(parts).toBeGreaterThan(2)
    finished(outcome)
    expect(keptBy('parts')).toEqual(keptBy('whole'))
    expect(resultOf('parts')).toEqual(resultOf('whole'))
  }, 120_000)

  it('keeps the measurements that it was fitted to, whatever becomes of the file', () => {
    const kept = join(folder, 'whole', 'measurements.csv')
    expect(existsSync(kept)).toBe(true)
    expect(readFileSync(kept, 'utf8')).toBe(readFileSync(file, 'utf8'))
  })

  it('refuses measurements of other images and other networks by name', async () => {
    const other = join(folder, 'other.csv')
    const setting = { resolution: '32x32x3', networks: 'sha256:0' }
    writeFileSync(other, printMeasurements({ setting, rows: syntheticMeasurements(measured, 30) }, decisions))
    const ir = compiledText(cellProgram(latencySearch(other, 'sampled(latency)')))
    const failure = await failureOf(() => run(ir, options('refused')))
    expect(failure).toMatchObject({ code: 'NAS7621' })
    expect(failure).toMatchObject({
      message: expect.stringContaining('resolution is 32x32x3, and here 8x8x1') as string,
    })
  })
})
