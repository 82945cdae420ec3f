import { afterEach, describe, expect, it } from 'vitest'
import { buildNetwork, resolveParams, type Network } from '../../../src/space/index.js'
import { openCpuEngine } from '../../../src/runtime/backend/cpu/engine.js'
import type { Engine } from '../../../src/runtime/backend/engine/engine.js'
import type { StepSpec } from '../../../src/runtime/plan/step.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { openSteps, runStep } from '../../../src/runtime/training/steps.js'
import { compiledText } from '../../support/programs.js'
import { sgdEmission } from '../../../src/runtime/search/components/optimisers/sgd.js'

const ir = compiledText(
  `import { bn, conv, global_pool, linear } from std:nn
space paths { input image(4, 3); classes 3
  network { stage a { width one of 1..20; layer conv(channels) -> bn } head global_pool -> linear(classes) } }`,
)
const params = resolveParams(ir, {})
const path = (option: number) => (): Network =>
  buildNetwork(ir, 'paths', { params, mode: 'shared', binding: () => ({ kind: 'slice', option }) })
const spec: StepSpec = {
  batch: 2,
  mode: 'train',
  update: { variables: 'weights', optimiser: sgdEmission({ momentum: 0, decay: 0, nesterov: false }) },
}
const draws = createRandom(1, 'images')
const inputs = {
  images: Float32Array.from({ length: 96 }, () => draws.normal()),
  labels: Int32Array.of(0, 1),
  learningRate: 0,
}

let engine: Engine
let ready = 0
let operations = 0
let preparations = 0

/** The reference engine, counting what it holds. */
async function openCounting(): Promise<Engine> {
  const inner = await openCpuEngine()
  ready = operations = preparations = 0
  return {
    ...inner,
    prepare(program) {
      const executable = inner.prepare(program)
      ready++
      operations += program.operations.length
      preparations++
      return {
        ...executable,
        dispose() {
          executable.dispose()
          ready--
          operations -= program.operations.length
        },
      }
    },
  }
}

afterEach(() => engine.dispose())

describe('variables of a checkpoint', () => {
  it('are kept, read and written also while no step has named them', async () => {
    engine = await openCounting()
    const before = openSteps(engine, { random: createRandom(0) })
    before.prepare('0', path(0), spec)
    const stored = new Map([['of another path', Float32Array.of(1, 2)], ...before.snapshot()])
    before.dispose()

    const steps = openSteps(engine, { random: createRandom(9), stored })
    expect([...steps.snapshot()]).toEqual([...stored])
    steps.variables.write('a[1].bn.scale', new Float32Array(20).fill(3))
    expect(steps.variables.read('a[1].bn.scale')?.[0]).toBe(3)
    expect(steps.variables.read('of nobody')).toBeUndefined()
    steps.prepare('0', path(0), spec)
    expect([...steps.snapshot().keys()]).toEqual([...stored.keys()])
    expect(engine.variables.read('a[1].bn.scale')).toEqual(new Float32Array(20).fill(3))
    steps.variables.write('a[1].bn.scale', new Float32Array(20).fill(4))
    expect(steps.snapshot().get('a[1].bn.scale')?.[19]).toBe(4)
  })
})

describe('steps of many paths', () => {
  it('keep as many programs ready as there is room for, those that were used last', async () => {
    engine = await openCounting()
    const room = 200
    const steps = openSteps(engine, { random: createRandom(0), operations: room })
    const first = steps.prepare('0', path(0), spec)
    for (let option = 1; option < 20; option++) {
      steps.prepare(String(option), path(option), spec)
      // It is used all the time, as the step of a search is.
      runStep(first, inputs)
      expect(operations).toBeLessThanOrEqual(room)
    }
    expect(ready).toBeGreaterThan(2)
    expect(preparations).toBe(20)
    const last = steps.prepare('19', path(19), spec)
    expect(steps.prepare('19', path(19), spec)).toBe(last)
    expect(preparations).toBe(20)
    steps.dispose()
    expect(ready).toBe(0)
  })

  it('can be run by who still holds them, and give the same', async () => {
    engine = await openCounting()
    const steps = openSteps(engine, { random: createRandom(0), operations: 1 })
    const held = [0, 1, 2, 3].map((option) => steps.prepare(String(option), path(option), spec))
    const losses = held.map((step) => {
      runStep(step, inputs)
      return step.executable.read('loss')[0]
    })
    expect(ready).toBe(2)
    expect(new Set(losses).size).toBe(4)
    held.forEach((step, index) => {
      runStep(step, inputs)
      expect(step.executable.read('loss')[0]).toBe(losses[index])
    })
    expect(ready).toBe(2)
    steps.dispose()
  })
})
