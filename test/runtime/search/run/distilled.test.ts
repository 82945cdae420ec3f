import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { run } from '../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../src/runtime/run/events.js'
import { compiledText } from '../../../support/programs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-distilled-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Names of what the passes of a search tell, and of what they do not. */
async function told(sample: string, minimise: string): Promise<readonly string[]> {
  const ir = compiledText(`import { bn, conv, global_pool, linear, relu } from std:nn
import std:search
space small {
  input image(8, 1); classes 3
  network { stem conv(4, one of {1, 3, 5}) -> bn -> relu; head global_pool -> linear(classes) }
}
search s of small {
  sample   ${sample}
  minimise ${minimise}
  train weights { sgd(lr: 0.05) }
  validate on 25%
  derive   random(count: 1)
  epochs 1; batch 8
}`)
  await buildKernels()
  const heard: JournalEvent[] = []
  const data = writeTinyData(join(folder, 'data'))
  const out = join(folder, sample)
  await run(ir, { backend: 'wasm', threads: 1, data, out, seed: 5, observe: (event) => heard.push(event) })
  const epoch = heard.find((event) => event.type === 'phase-epoch')
  return Object.keys(epoch?.figures ?? {}).filter((name) => /cross|distill/u.test(name))
}

it('networks of a step learn of the largest, which runs first, and without training where the step lacks it', async () => {
  const sandwich = 'cross_entropy for largest, distill(from: largest) for others'
  expect(await told('sandwich(count: 1)', sandwich)).toEqual(['cross_entropy.weights', 'distill.weights'])
  // The largest network is a pass of its own here, which is not trained and tells nothing.
  expect(await told('uniform', sandwich)).toEqual(['distill.weights'])
})
