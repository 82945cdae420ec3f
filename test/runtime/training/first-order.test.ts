import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../scripts/build-kernels.mjs'
import { buildNetwork } from '../../../src/space/network/build-network.js'
import { resolveParams } from '../../../src/space/evaluation/params.js'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import { openEngine } from '../../../src/runtime/backend/choose.js'
import type { StepSpec } from '../../../src/runtime/plan/step.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { openSteps, runStep, type StepCache } from '../../../src/runtime/training/steps.js'
import { searchIr } from '../../support/search-ir.js'
import { adamEmission } from '../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const ir = searchIr()
const params = resolveParams(ir, { cells: 3, width: 2 })
const batch = 6
const network = () =>
  buildNetwork(ir, 'darts', {
    params,
    binding: () => ({ kind: 'mix' }),
    mode: 'shared',
    input: { height: 8, width: 8, channels: 1 },
    classes: 3,
  })
const draws = createRandom(3, 'images')
const inputs = {
  images: Float32Array.from({ length: batch * 64 }, () => draws.normal()),
  labels: Int32Array.from({ length: batch }, (_, index) => index % 3),
  learningRate: 1e-3,
  step: 1,
}
const forward: StepSpec = { batch, mode: 'train' }
const choices: StepSpec = {
  ...forward,
  update: { variables: 'choices', optimiser: adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-12, decay: 0 }) },
}
const weights: StepSpec = {
  ...forward,
  update: { variables: 'weights', optimiser: sgdEmission({ momentum: 0.9, decay: 0, nesterov: false }) },
}

let engine: Engine
let steps: StepCache
beforeAll(async () => {
  await buildKernels()
  engine = await openEngine()
  steps = openSteps(engine, { random: createRandom(1, 'initial'), deviation: 0.1 })
})
afterAll(() => {
  steps.dispose()
  engine.dispose()
})

function lossNow(): number {
  const step = steps.prepare('supernet', network, forward)
  runStep(step, inputs)
  return step.executable.read('loss')[0] ?? NaN
}

describe('first order', () => {
  it('a step of the choices moves the logits alone, against the gradient of the loss at the weights as they are', () => {
    const step = steps.prepare('supernet', network, choices)
    const before = steps.snapshot()
    runStep(step, inputs)
    const after = steps.snapshot()
    const moved = [...after].filter(([name, values]) => values.some((value, i) => value !== before.get(name)?.[i]))
    const names = moved.map(([name]) => name).filter((name) => !/\.(?:mean|variance)$/u.test(name))
    expect(names.filter((name) => !name.startsWith('choices/'))).toEqual([])

    // The first step of Adam is the learning rate times the sign of the gradient: compare with central differences.
    const probed = [
      'choices/normal.n1.through[s0]',
      'choices/normal.n4.through[n2]',
      'choices/reduction.n2.through[s1]',
    ]
    let compared = 0
    for (const name of probed) {
      const old = before.get(name) ?? new Float32Array()
      for (let option = 0; option < old.length; option++) {
        const slope = slopeOf(name, old, option)
        if (Math.abs(slope) < 2e-4) continue
        const change = (after.get(name)?.[option] ?? 0) - (old[option] ?? 0)
        expect(Math.sign(change), `${name} option ${String(option)}, slope ${String(slope)}`).toBe(-Math.sign(slope))
        expect(Math.abs(change)).toBeCloseTo(1e-3, 5)
        compared++
      }
    }
    expect(compared).toBeGreaterThan(6)
  })

  it('a step of the weights leaves the logits where they are, and the loss on its batch falls', () => {
    const step = steps.prepare('supernet', network, weights)
    const before = steps.snapshot()
    const loss = lossNow()
    for (let index = 0; index < 10; index++) runStep(step, { ...inputs, learningRate: 0.02 })
    expect(lossNow()).toBeLessThan(loss)
    const after = steps.snapshot()
    const logits = [...before].filter(([name]) => name.startsWith('choices/') && !name.includes('#'))
    expect(logits).toHaveLength(28)
    for (const [name, values] of logits) expect(after.get(name), name).toEqual(values)
  })

  it('prepares a step once, and makes every variable once', () => {
    expect(steps.prepare('supernet', network, weights)).toBe(steps.prepare('supernet', network, weights))
    const names = engine.variables.names()
    expect(new Set(names).size).toBe(names.length)
  })
})

/** Central difference of the loss in one logit, the others as they were before the step. */
function slopeOf(name: string, old: Float32Array, option: number): number {
  const h = 0.02
  const at = (shift: number): number => {
    engine.variables.write(
      name,
      old.map((value, i) => (i === option ? value + shift : value)),
    )
    return lossNow()
  }
  const kept = engine.variables.read(name)
  const slope = (at(h) - at(-h)) / (2 * h)
  engine.variables.write(name, kept)
  return slope
}
