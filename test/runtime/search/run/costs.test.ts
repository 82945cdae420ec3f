import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { resume, run } from '../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { compiledText } from '../../../support/programs.js'
import { finished, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const ir = compiledText(`import { bn, conv, global_pool, linear, relu } from std:nn
import std:search
param factor = 0
op block(kernel: int) = conv(channels, kernel) -> bn -> relu
space small {
  input image(8, 1); classes 3
  network {
    stem conv(4, 3) -> bn -> relu
    stage s { width 4; depth one of 1..3; layer block(one of {1, 3, 5}) }
    head global_pool -> linear(classes)
  }
}
search frugal of small {
  relax    all by softmax
  minimise cross_entropy + factor * macs.expected / 1M
  train weights on 50% { sgd(lr: 0.05, momentum: 0.9) }
  train choices on 50% { adam(lr: 0.1, betas: (0.5, 0.999)) }
  derive   argmax
  epochs 4; batch 8
}`)

const folder = mkdtempSync(join(tmpdir(), 'nasc-costs-'))
const data = join(folder, 'data')
beforeAll(async () => {
  writeTinyData(data)
  await buildKernels()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const options = (factor: number) =>
  ({ backend: 'wasm', threads: 1, data, out: join(folder, String(factor)), seed: 5, set: { factor } }) as const

async function searched(factor: number) {
  const heard: JournalEvent[] = []
  const result = finished(await run(ir, { ...options(factor), observe: (event) => heard.push(event) }))
  return { result, epochs: heard.filter((event) => event.type === 'phase-epoch') }
}

describe('a search that minimises a cost', () => {
  it('derives networks that cost less, the more the cost weighs, and tells both parts', async () => {
    const found = [await searched(0), await searched(1), await searched(100)]
    const [free, medium, large] = found.map(({ result }) => result.macs)
    expect(medium).toBeLessThan(free ?? 0)
    expect(large).toBeLessThan(medium ?? 0)
    // One layer of the smallest kernel, the stem and the head.
    expect(large).toBe(8 * 8 * (4 * 4 + 4 * 9) + 4 * 3)
    for (const [i, factor] of [0, 1, 100].entries()) {
      const epochs = found[i]?.epochs ?? []
      expect(epochs).toHaveLength(4)
      for (const { scores, figures } of epochs) {
        for (const set of ['weights', 'choices']) {
          const [part = NaN, cost = NaN] = [figures[`cross_entropy.${set}`], figures[`macs_expected.${set}`]]
          expect(part + (factor * cost) / 1e6).toBeCloseTo(scores[`loss.${set}`] ?? NaN, 5)
        }
      }
    }
    const costs = found.map(({ epochs }) => epochs.map(({ figures }) => figures['macs_expected.choices'] ?? NaN))
    const [first = NaN, , , last = NaN] = costs[2] ?? []
    expect(last).toBeLessThan(first / 2)
  })

  it('is resumed to the same figures', async () => {
    const out = join(folder, 'broken')
    const interrupted = await run(ir, { ...options(1), out, ...stopAfter(6) })
    expect(interrupted).toMatchObject({ kind: 'interrupted', epoch: 1, step: 2 })
    await resume(out)
    const told = (run: string) =>
      readRun(run)
        .events()
        .filter((event) => event.type === 'phase-epoch')
        .map(({ scores, figures, probabilities }) => ({ scores, figures, probabilities }))
    expect(told(out)).toHaveLength(4)
    expect(told(out)).toEqual(told(options(1).out))
  })
})
