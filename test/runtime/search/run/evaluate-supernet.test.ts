import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { evaluate, run } from '../../../../src/runtime/index.js'
import { failureOf } from '../../../support/failures.js'
import { compiledText } from '../../../support/programs.js'
import { writeTinyData } from '../../../support/tiny-data.js'

const folder = mkdtempSync(join(tmpdir(), 'nasc-supernet-'))
const data = join(folder, 'data')
beforeAll(() => void writeTinyData(data))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A run of a search without retraining, over one choice of these kernels. */
async function searched(kernels: string, clauses: string): Promise<string> {
  const ir = compiledText(`import { bn, conv, global_pool, linear, relu } from std:nn
import std:search
op small(k: int) = conv(4, k) -> bn -> relu
space s1 {
  input image(8, 1); classes 3
  network { stem one of { ${kernels} }; head global_pool -> linear(classes) }
}
search s of s1 {
  minimise cross_entropy
  ${clauses}
  epochs 1; batch 8
}`)
  const out = join(folder, `${kernels} ${clauses.slice(0, 8)}`)
  await run(ir, { backend: 'cpu', data, out, seed: 3 })
  return out
}

const differentiable = `
  relax stem by softmax
  train weights on 50% { sgd(lr: 0.05) }
  train choices on 50% { adam(lr: 0.1) }
  derive argmax`

it('evaluates the supernet with its choices as the search left them', async () => {
  const only = await searched('small(3)', differentiable)
  const [whole, inherited] = [
    await evaluate(only, { weights: 'supernet' }),
    await evaluate(only, { weights: 'inherited' }),
  ]
  expect(whole).toEqual({ ...inherited, weights: 'supernet' })
  const either = await searched('small(1), small(3)', differentiable)
  const mixed = await evaluate(either, { weights: 'supernet' })
  const derived = await evaluate(either, { weights: 'inherited' })
  expect(mixed.parameters).toBeGreaterThan(derived.parameters)
  expect(Math.abs(mixed.loss - derived.loss)).toBeGreaterThan(1e-4)
})

it('refuses the supernet of which paths alone were trained', async () => {
  const paths = await searched(
    'small(1), small(3)',
    'sample uniform; train weights { sgd(lr: 0.05) } validate on 25%; derive random(count: 1)',
  )
  const failure = await failureOf(() => evaluate(paths, { weights: 'supernet' }))
  expect(failure.code).toBe('NAS7635')
  expect(failure.message).toContain('sample uniform')
})
