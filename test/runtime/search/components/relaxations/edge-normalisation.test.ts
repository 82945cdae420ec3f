import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { buildKernels } from '../../../../../scripts/build-kernels.mjs'
import { run } from '../../../../../src/runtime/index.js'
import type { JournalEvent } from '../../../../../src/runtime/run/events.js'
import { compiledFile } from '../../../../support/programs.js'
import { stopAfter } from '../../../../support/tiny-runs.js'
import { writeTinyData } from '../../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-edges-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('weights the edges of every node of PC-DARTS with numbers that sum to one, all through the search', async () => {
  await buildKernels()
  const events: JournalEvent[] = []
  const set = { cells: 3, width: 4, epochs: 3, batch: 16, examples: 64, choice_lr: 0.1, frozen: 0 }
  await run(compiledFile('spaces/pc-darts.nas'), {
    ...{ search: 'edge_normalised', scale: 'quick', backend: 'wasm', threads: 1, seed: 2, set },
    ...{ data: writeTinyData(join(folder, 'data')), out: join(folder, 'run'), observe: (event) => events.push(event) },
    // Two of three epochs of two steps each.
    ...stopAfter(4),
  })
  const epochs = events.flatMap((event) => (event.type === 'phase-epoch' ? [event.probabilities ?? {}] : []))
  expect(epochs).toHaveLength(2)
  const nodes = ['normal', 'reduction'].flatMap((cell) => [1, 2, 3, 4].map((node) => `${cell}.n${String(node)}.from`))
  for (const probabilities of epochs) {
    expect(Object.keys(probabilities).filter((path) => path.endsWith('.from'))).toEqual(nodes)
    for (const path of nodes) {
      const edges = probabilities[path] ?? []
      // Node i reads the two inputs of the cell and the nodes before it.
      expect(edges).toHaveLength(Number(/n(\d)/u.exec(path)?.[1]) + 1)
      expect(edges.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    }
  }
  // They are trained: no longer all alike.
  const last = nodes.map((path) => epochs[1]?.[path] ?? [])
  for (const edges of last) expect(Math.max(...edges) - Math.min(...edges)).toBeGreaterThan(0.01)
})
