import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { findTensorflow } from '../../../../src/runtime/backend/install/installation.js'
import { smallCell, trialNetwork } from '../../../../src/runtime/backend/install/trial-network.js'
import { loadTensorflow } from '../../../../src/runtime/backend/tensorflow/load.js'
import { ProgramBuilder } from '../../../../src/runtime/program/builder.js'
import type { Engine, Executable } from '../../../../src/runtime/backend/engine/engine.js'
import { describeKernels } from '../../../support/tensorflow.js'

/** loss = sum of (w * x)^2; then one step of gradient descent on w with the gradient given. */
function program() {
  const builder = new ProgramBuilder()
  const [w, velocity] = [builder.variable('w', [3]), builder.variable('v', [3])]
  const x = builder.input('x', [3])
  const y = builder.one('multiply', [w, x])
  const loss = builder.one('dot', [y, y])
  const rate = builder.input('rate', [])
  builder.emit('sgd', [w, velocity, x, rate], { momentum: 0.5, decay: 0, nesterov: false, clipped: false })
  return builder.build({ loss, x, w })
}

function prepareTrial(engine: Engine): { executable: Executable; run: () => Record<string, Float32Array> } {
  const { program, variables, inputs } = trialNetwork(smallCell)
  for (const [name, { shape, data }] of variables) engine.variables.create(name, shape, data)
  const executable = engine.prepare(program)
  return {
    executable,
    run() {
      executable.run(inputs)
      return Object.fromEntries(Object.keys(program.outputs).map((name) => [name, executable.read(name)]))
    },
  }
}

describeKernels('the engine tensorflow', (open) => {
  it('keeps variables between runs, reads outputs and lists what it holds', () => {
    const engine = open()
    engine.variables.create('w', [3], Float32Array.of(1, 2, 3))
    engine.variables.create('v', [3], new Float32Array(3))
    const executable = engine.prepare(program())
    const x = Float32Array.of(1, 0, 2)
    executable.run({ x, rate: 0.5 })
    // The caller's array is the caller's.
    x.fill(7)
    expect([...executable.read('loss')]).toEqual([1 + 36])
    expect([...executable.read('x')]).toEqual([1, 0, 2])
    expect([...executable.read('w')]).toEqual([0.5, 2, 2])
    executable.run({ x: Float32Array.of(1, 0, 2), rate: 0.5 })
    expect([...engine.variables.read('v')]).toEqual([1.5, 0, 3])
    expect([...engine.variables.read('w')]).toEqual([-0.25, 2, 0.5])
    expect(engine.variables.names()).toEqual(['w', 'v'])
    expect(engine.variables.shape('w')).toEqual([3])
    expect(engine.variables.bytes).toBe(24)
    engine.variables.write('w', Float32Array.of(4, 5, 6))
    expect([...engine.variables.read('w')]).toEqual([4, 5, 6])
    engine.variables.delete('v')
    expect([engine.variables.has('v'), engine.variables.bytes]).toEqual([false, 12])
    executable.dispose()
    engine.dispose()
  })

  it('says what is missing', () => {
    const engine = open()
    expect(() => engine.prepare(program())).toThrow("variable 'w', which does not exist")
    engine.variables.create('w', [3], new Float32Array(3))
    engine.variables.create('v', [3], new Float32Array(3))
    expect(() => {
      engine.variables.create('w', [3], new Float32Array(3))
    }).toThrow("variable 'w' exists")
    expect(() => {
      engine.variables.write('w', new Float32Array(2))
    }).toThrow('has 3 elements, not 2')
    const executable = engine.prepare(program())
    expect(() => executable.read('loss')).toThrow('nothing has run yet')
    expect(() => {
      executable.run({ x: new Float32Array(3) })
    }).toThrow("input 'rate' is missing")
    expect(() => {
      executable.run({ x: new Float32Array(2), rate: 1 })
    }).toThrow("input 'x' has 3 elements, not 2")
    executable.run({ x: new Float32Array(3), rate: 1 })
    expect(() => executable.read('nothing')).toThrow("no output 'nothing'")
    engine.dispose()
  })

  it('computes the same bits every time', () => {
    const engine = open()
    const { run } = prepareTrial(engine)
    expect(run()).toEqual(run())
    engine.dispose()
  })

  it('leaves no tensor behind', () => {
    const { binding } = loadTensorflow(findTensorflow()?.packageFolder ?? '')
    const before = binding.getNumOfTensors()
    const engine = open()
    const { executable, run } = prepareTrial(engine)
    run()
    const during = binding.getNumOfTensors()
    run()
    expect(binding.getNumOfTensors()).toBe(during)
    executable.dispose()
    engine.dispose()
    expect(binding.getNumOfTensors()).toBe(before)
  })

  it('knows its peak: two maps that are never alive together count once', () => {
    const engine = open()
    const peakOf = (count: number): number => {
      const builder = new ProgramBuilder()
      let x = builder.input('x', [1000])
      for (let i = 0; i < count; i++) x = builder.one('relu', [x])
      return engine.prepare(builder.build({ x })).peakBytes
    }
    // What is given, what comes out and, where ours run at once, one map in whole lines of the cache between them.
    expect(peakOf(10)).toBeGreaterThanOrEqual(2 * 4000)
    expect(peakOf(10)).toBeLessThan(3.1 * 4000)
    expect(peakOf(20)).toBe(peakOf(10))
    engine.dispose()
  })

  it('measures kinds of operations if asked to', () => {
    const engine = open({ profile: true })
    engine.variables.create('w', [3], new Float32Array(3))
    engine.variables.create('v', [3], new Float32Array(3))
    const executable = engine.prepare(program())
    executable.run({ x: new Float32Array(3), rate: 1 })
    expect(Object.keys(executable.profile?.() ?? {}).sort()).toEqual(['dot', 'multiply', 'sgd'])
    engine.dispose()
  })

  it('hands variables to tfjs, which goes on with them', () => {
    const engine = open()
    engine.variables.create('w', [2, 2], Float32Array.of(1, 2, 3, 4))
    const tensor = engine.variables.tensor('w')
    expect(tensor.shape).toEqual([2, 2])
    expect([...tf.sum(tf.square(tensor), 0).dataSync()]).toEqual([10, 20])
    engine.variables.write('w', new Float32Array(4))
    expect([...tensor.dataSync()]).toEqual([1, 2, 3, 4])
    tensor.dispose()
    engine.dispose()
  })
})
