import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { loadNewestCheckpoint } from '../../../../src/runtime/run/checkpoint.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { readRun } from '../../../../src/runtime/run/run-directory.js'
import { nasc } from '../../../support/captured.js'
import { writeTinyImages } from '../../../support/tiny-mnist.js'
import { describeTensorflow, hasNativeKernels } from '../../../support/tensorflow.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-tensorflow-'))
const data = join(folder, 'data')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const small = [
  ...['cells=3', 'width=2', 'epochs=1', 'batch=4', 'examples=16'],
  ...['retrain.cells=3', 'retrain.width=2', 'retrain.epochs=1', 'retrain.batch=8'],
].flatMap((setting) => ['--set', setting])

/** Losses of the weights and of the choices as the search went on. */
function lossesOf(run: string): readonly number[] {
  return readRun(run)
    .events()
    .flatMap((event: JournalEvent) =>
      event.type === 'phase-progress'
        ? [event.scores['loss.weights'] ?? [], event.scores['loss.choices'] ?? []].flat()
        : [],
    )
}

/** Variables after two steps with so many threads, as a hash; the process says its threads first. */
function stepsWith(threads: number): readonly string[] {
  const viteNode = join(dirname(createRequire(import.meta.url).resolve('vite-node/package.json')), 'vite-node.mjs')
  const child = fileURLToPath(new URL('../../../support/child-step.ts', import.meta.url))
  const { stdout, stderr } = spawnSync(process.execPath, [viteNode, child, String(threads)], { encoding: 'utf8' })
  const found = stdout.trim().split(' ')
  expect(found[1], stderr).toMatch(/^[0-9a-f]{64}$/)
  return found
}

describeTensorflow('threads', () => {
  it('change no bit of a step on kernels of ours, and are as many as were asked for', () => {
    const [one, three] = [stepsWith(1), stepsWith(3)]
    expect([one[0], three[0]]).toEqual(['1', '3'])
    if (hasNativeKernels()) expect(three[1]).toBe(one[1])
  })
})

describeTensorflow('a whole run', () => {
  beforeAll(async () => {
    writeTinyImages(data, 32, 8)
    for (const backend of ['tensorflow', 'cpu']) {
      const out = join(folder, backend)
      const shared = ['--data', data, '--scale', 'quick', '--backend', backend, '--seed', '3', '--out', out]
      const { code, err } = await nasc('run', 'spaces/darts.nas', ...shared, ...small)
      expect(code, err).toBe(0)
    }
  })

  it('takes the same steps as plain JavaScript', () => {
    const [found, expected] = [lossesOf(join(folder, 'tensorflow')), lossesOf(join(folder, 'cpu'))]
    expect(expected.length).toBeGreaterThan(0)
    expect(found).toHaveLength(expected.length)
    found.forEach((loss, i) => expect(Math.abs(loss / (expected[i] ?? NaN) - 1)).toBeLessThan(1e-3))
  })

  it('leaves weights that mean the same on wasm', async () => {
    const results = []
    for (const backend of ['tensorflow', 'wasm']) {
      const { code, out, err } = await nasc('eval', join(folder, 'tensorflow'), '--backend', backend, '--json')
      expect(code, err).toBe(0)
      results.push(JSON.parse(out) as { accuracy: number; loss: number; samples: number })
    }
    const [found, expected] = results
    expect(found).toMatchObject({ accuracy: expected?.accuracy, samples: 8 })
    expect(found?.loss).toBeCloseTo(expected?.loss ?? NaN, 4)
    const { checkpoint } = loadNewestCheckpoint(join(folder, 'tensorflow', 'checkpoints', 'supernet')) ?? {}
    expect(checkpoint?.arrays.size).toBeGreaterThan(100)
  })
})
