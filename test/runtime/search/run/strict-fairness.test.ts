import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run, type RunOutcome } from '../../../../src/runtime/index.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { compiledText } from '../../../support/programs.js'
import { comparableOutcome, finished, resumeUntilDone, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-fair-'))
const data = join(folder, 'data')

const program = compiledText(`
import { conv, global_pool, identity, linear } from std:nn
import std:search
space chain {
  input image(8, 1); classes 3
  network {
    stem conv(2)
    stage a { width 2; depth 2; layer one of { conv(channels, 1), conv(channels, 3), identity } }
    head global_pool -> linear(classes)
  }
}
search fair of chain {
  sample   strict_fairness
  minimise cross_entropy
  train weights { sgd(lr: 0.05, momentum: 0.9) }
  validate on 25%
  derive   best(of: 3)
  calibrate 1
  epochs 2
  batch 16
}`)

const start = (out: string, more: Parameters<typeof run>[1] = {}): Promise<RunOutcome> =>
  run(program, { backend: 'cpu', data, out: join(folder, out), seed: 5, ...more })

beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a search whose steps train every option once', () => {
  it('learns, and that is stopped and resumed ends in the same bits', async () => {
    const whole = finished(await start('whole'))
    await start('broken', stopAfter(2))
    const { outcome, parts } = await resumeUntilDone(join(folder, 'broken'), 2)
    expect(parts).toBeGreaterThan(2)
    const [unbroken, resumed] = [
      comparableOutcome(join(folder, 'whole'), whole),
      comparableOutcome(join(folder, 'broken'), finished(outcome)),
    ]
    expect(resumed).toEqual(unbroken)
    const losses = readRun(join(folder, 'whole'))
      .events()
      .flatMap((event) => (event.type === 'phase-epoch' ? [event.scores['loss.weights'] ?? NaN] : []))
    expect(losses).toHaveLength(2)
    expect(losses[1]).toBeLessThan(losses[0] ?? -Infinity)
  })
})
