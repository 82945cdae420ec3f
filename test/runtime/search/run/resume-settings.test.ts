import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { resume, run } from '../../../../src/runtime/index.js'
import { searchIr } from '../../../support/search-ir.js'
import { comparableOutcome, finished, stopAfter } from '../../../support/tiny-runs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-resume-settings-'))
const data = join(folder, 'data')
beforeAll(() => {
  writeTinyData(data)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What makes a step read more than its images, or makes steps differ from each other. */
const changes: Readonly<Record<string, readonly [RegExp | string, string]>> = {
  second_order: ['epochs 2, batch 8\n', 'epochs 2, batch 8, second_order\n'],
  'frozen choices': ['epochs 2, batch 8\n', 'epochs 2, batch 8, frozen 1, warmup 2, clip_value 0.1\n'],
}

// Stopped where the next step is one of the choices, before any step of this process has named what the weights keep.
it.each(Object.entries(changes))(
  'a search with %s, stopped after three steps, ends in the same bits',
  async (name, change) => {
    const ir = searchIr(change, ['width = 4, epochs 2, batch 8, cutout 2', 'width = 4, epochs 1, batch 8'])
    const start = (out: string, more = {}) =>
      run(ir, { scale: 'tiny', backend: 'wasm', data, out, seed: 5, checkpointEvery: 1000, ...more })
    const [whole, broken] = [join(folder, name), join(folder, `${name}-broken`)]
    const result = finished(await start(whole))
    expect(await start(broken, stopAfter(3))).toMatchObject({ kind: 'interrupted', phase: 'search', step: 3 })
    expect(comparableOutcome(broken, finished(await resume(broken)))).toEqual(comparableOutcome(whole, result))
  },
)
