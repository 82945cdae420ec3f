import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildKernels } from '../../../../scripts/build-kernels.mjs'
import { buildNetwork, relaxedBinding, resolveParams } from '../../../../src/space/index.js'
import type { Engine } from '../../../../src/runtime/backend/engine/engine.js'
import { planMemory } from '../../../../src/runtime/backend/engine/memory-plan.js'
import { openWasmEngine } from '../../../../src/runtime/backend/wasm/engine.js'
import { kernelOf } from '../../../../src/runtime/backend/wasm/kernel-table.js'
import { planThreads } from '../../../../src/runtime/backend/wasm/thread-plan.js'
import { kernelModulePath } from '../../../../src/runtime/kernels/kernel-module.js'
import { at, sizeOf } from '../../../../src/runtime/operations/support/element.js'
import { buildStep, type Step } from '../../../../src/runtime/plan/step.js'
import { noise } from '../../../support/compare-operation.js'
import { dartsIr } from '../../../support/darts-ir.js'
import { SIZE } from '../../../support/random-maps.js'
import { divideAll, racesOf, randomProgram, randomVariables } from '../../../support/random-programs.js'
import { adamEmission } from '../../../../src/runtime/search/components/optimisers/adam.js'
import { sgdEmission } from '../../../../src/runtime/search/components/optimisers/sgd.js'

let engines: readonly Engine[]
beforeAll(async () => {
  await buildKernels()
  const three = await openWasmEngine({ threads: 3, division: divideAll })
  const two = await openWasmEngine({ threads: 2, division: { leastCost: 0 } })
  const separate = await openWasmEngine({ threads: 2, division: divideAll, reuse: false })
  engines = [await openWasmEngine({ threads: 1 }), two, three, separate]
})
afterAll(() => {
  for (const engine of engines) engine.dispose()
})

/** Bits, so that -0 does not equal 0. Where numbers are not finite nearly all results are the same. */
function bitsOf(data: Float32Array): Int32Array {
  expect(data.every(Number.isFinite)).toBe(true)
  return new Int32Array(data.buffer, data.byteOffset, data.length)
}

describe('any number of threads gives the bits of one', () => {
  it('has the threads that were asked for', () => {
    expect(engines.map(({ threads, note }) => [threads, note])).toEqual([1, 2, 3, 2].map((n) => [n, undefined]))
  })

  it('in random programs, run several times', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(65_535), { minLength: 1, maxLength: 60 }), (choices) => {
        const program = randomProgram(choices)
        const inputs = { a: noise(SIZE, 1), b: noise(SIZE, 2), rate: 0.1 }
        const results = engines.map((engine) => {
          Object.entries(randomVariables).forEach(([name, shape], i) => {
            engine.variables.create(name, shape, noise(sizeOf(shape), i + 5))
          })
          const executable = engine.prepare(program)
          const read: Int32Array[] = []
          for (let run = 0; run < 3; run++) {
            executable.run(run === 0 ? { ...inputs, a: inputs.b, b: inputs.a } : inputs)
            read.push(...Object.keys(program.outputs).map((name) => bitsOf(executable.read(name))))
          }
          executable.dispose()
          read.push(...Object.keys(randomVariables).map((name) => bitsOf(engine.variables.read(name))))
          for (const name of engine.variables.names()) engine.variables.delete(name)
          return read
        })
        for (const result of results.slice(1)) expect(result).toEqual(results[0])
      }),
      { numRuns: 60, seed: 1 },
    )
  })

  it('in steps of weights, of choices and of both on the DARTS supernet', () => {
    const params = resolveParams(dartsIr, { cells: 3, width: 4 })
    const input = { height: 8, width: 8, channels: 3 }
    const supernet = buildNetwork(dartsIr, 'darts', { params, input, binding: relaxedBinding, mode: 'shared' })
    const train = { batch: 4, mode: 'train', gradients: 'all' } as const
    const sgd = sgdEmission({ momentum: 0.9, decay: 3e-4, nesterov: false })
    const adam = adamEmission({ beta1: 0.5, beta2: 0.999, epsilon: 1e-8, decay: 1e-3 })
    const steps = [
      buildStep(supernet, { ...train, update: { variables: 'choices', optimiser: adam } }),
      buildStep(supernet, { ...train, update: { variables: 'weights', optimiser: sgd, clip: 5 } }),
      buildStep(supernet, train),
      buildStep(supernet, { batch: 4, mode: 'evaluate' }),
    ]
    const results = engines.slice(0, 3).map((engine) => runAll(engine, steps))
    const [one, ...others] = results
    expect(one?.size).toBeGreaterThan(1000)
    for (const other of others) {
      expect([...other.keys()]).toEqual([...(one?.keys() ?? [])])
      for (const [name, bits] of other) expect(bits, name).toEqual(one?.get(name))
    }
    // What ran was divided, and without a race.
    const divided = planThreads(at(steps, 1).program, 2, { leastCost: 0 })
    if (divided === undefined) throw new Error('not divided')
    expect(new Set(divided.gates).size).toBeLessThan(divided.tasks.length / 2)
    expect(racesOf(divided, planMemory(divided.program, kernelOf, {}, divided.timing))).toEqual([])
  })

  it('from the same machine code: two kernel modules differ in nothing but the memory that they import', () => {
    for (const multiplyAdd of ['separate', 'fused'] as const) {
      const [own, shared] = [false, true].map((shared) =>
        codeOf(readFileSync(kernelModulePath({ shared, multiplyAdd }))),
      )
      expect(own?.length).toBeGreaterThan(10_000)
      expect(shared?.equals(own ?? Buffer.alloc(0))).toBe(true)
    }
  })

  it('and tfjs computes on the shared memory', async () => {
    const [engine] = engines
    if (engine === undefined) throw new Error('no engine')
    engine.variables.create('w', [2, 2], Float32Array.of(1, 2, 3, 4))
    const w = engine.variables.tensor('w')
    expect([...(await tf.matMul(w, w).data())]).toEqual([7, 10, 15, 22])
    expect([...(await tf.softmax(tf.zeros([4])).data())]).toEqual([0.25, 0.25, 0.25, 0.25])
    const image = tf.ones<tf.Rank.R4>([1, 4, 4, 2])
    const filter = tf.ones<tf.Rank.R4>([3, 3, 2, 3])
    expect((await tf.conv2d(image, filter, 1, 'valid').data()).slice(0, 3)).toEqual(Float32Array.of(18, 18, 18))
    w.dispose()
    engine.variables.delete('w')
  })
})

/** Runs the steps in turn, twice, from the same variables; gives the bits of all outputs and variables. */
function runAll(engine: Engine, steps: readonly Step[]): ReadonlyMap<string, Int32Array> {
  const bits = new Map<string, Int32Array>()
  for (const step of steps) {
    step.variables.forEach(({ name, shape, init }, i) => {
      if (engine.variables.has(name)) return
      const data = noise(sizeOf(shape), i + 1).map((each) => (init === 'ones' ? 1 : init === 'zeros' ? 0 : 0.5 * each))
      engine.variables.create(name, shape, data)
    })
  }
  const all = {
    images: noise(4 * 8 * 8 * 3, 99),
    labels: Int32Array.of(1, 0, 2, 3),
    learningRate: 0.05,
    step: 1,
  }
  const executables = steps.map((step) => engine.prepare(step.program))
  for (let round = 0; round < 2; round++) {
    steps.forEach((step, i) => {
      const wanted = Object.entries(all).filter(([name]) => step.inputs.some((input) => input.name === name))
      const executable = at(executables, i)
      executable.run(Object.fromEntries(wanted))
      for (const output of Object.keys(step.program.outputs)) {
        bits.set(`${String(round)} ${String(i)} ${output}`, bitsOf(executable.read(output)))
      }
    })
  }
  for (const executable of executables) executable.dispose()
  for (const name of [...engine.variables.names()]) {
    bits.set(name, bitsOf(engine.variables.read(name)))
    engine.variables.delete(name)
  }
  return bits
}

/** The code section of a WebAssembly module. */
function codeOf(bytes: Buffer): Buffer {
  let position = 8
  const number = (): number => {
    let value = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[position++] ?? 0
      value |= (byte & 127) << shift
      if (byte < 128) return value
    }
  }
  while (position < bytes.length) {
    const [id, size] = [number(), number()]
    if (id === 10) return bytes.subarray(position, position + size)
    position += size
  }
  throw new Error('no code')
}
