import { describe, expect, it } from 'vitest'
import { chooseBackend, openEngine } from '../../../src/runtime/backend/choose.js'
import { inspectBackends } from '../../../src/runtime/backend/inspect.js'
import { instantiateKernels } from '../../../src/runtime/kernels/kernel-module.js'
import { ProgramBuilder } from '../../../src/runtime/program/builder.js'
import { buildKernels } from '../../../scripts/build-kernels.mjs'

/** loss = sum of (w * x)^2; then one step of gradient descent on w with the gradient given. */
function program() {
  const builder = new ProgramBuilder()
  const [w, velocity] = [builder.variable('w', [3]), builder.variable('v', [3])]
  const x = builder.input('x', [3])
  const y = builder.one('multiply', [w, x])
  const loss = builder.one('dot', [y, y])
  const rate = builder.input('rate', [])
  builder.emit('sgd', [w, velocity, x, rate], { momentum: 0.5, decay: 0, nesterov: false, clipped: false })
  return builder.build({ loss, x })
}

describe.each(['wasm', 'cpu'] as const)('the engine %s', (backend) => {
  it('keeps variables between runs, reads outputs and lists what it holds', async () => {
    await buildKernels()
    const engine = await openEngine({ backend })
    engine.variables.create('w', [3], Float32Array.of(1, 2, 3))
    engine.variables.create('v', [3], new Float32Array(3))
    const executable = engine.prepare(program())
    executable.run({ x: Float32Array.of(1, 0, 2), rate: 0.5 })
    expect([...executable.read('loss')]).toEqual([1 + 36])
    expect([...executable.read('x')]).toEqual([1, 0, 2])
    expect([...engine.variables.read('w')]).toEqual([0.5, 2, 2])
    executable.run({ x: Float32Array.of(1, 0, 2), rate: 0.5 })
    expect([...engine.variables.read('v')]).toEqual([1.5, 0, 3])
    expect([...engine.variables.read('w')]).toEqual([-0.25, 2, 0.5])
    expect(engine.variables.names()).toEqual(['w', 'v'])
    expect(engine.variables.shape('w')).toEqual([3])
    expect(engine.variables.bytes).toBe(24)
    engine.variables.write('w', Float32Array.of(4, 5, 6))
    const tensor = engine.variables.tensor('w')
    expect([...tensor.dataSync()]).toEqual([4, 5, 6])
    tensor.dispose()
    engine.variables.delete('v')
    expect([engine.variables.has('v'), engine.variables.bytes]).toEqual([false, 12])
    executable.dispose()
    engine.dispose()
  })

  it('says what is missing', async () => {
    await buildKernels()
    const engine = await openEngine({ backend })
    expect(() => engine.prepare(program())).toThrow("variable 'w', which does not exist")
    engine.variables.create('w', [3], new Float32Array(3))
    engine.variables.create('v', [1, 3], new Float32Array(3))
    expect(() => engine.prepare(program())).toThrow("variable 'v' has shape [1,3], not [3]")
    engine.variables.delete('v')
    engine.variables.create('v', [3], new Float32Array(3))
    expect(() => {
      engine.variables.create('w', [3], new Float32Array(3))
    }).toThrow("variable 'w' exists")
    expect(() => {
      engine.variables.write('w', new Float32Array(2))
    }).toThrow('has 3 elements, not 2')
    const executable = engine.prepare(program())
    expect(() => {
      executable.run({ x: new Float32Array(3) })
    }).toThrow("input 'rate' is missing")
    expect(() => {
      executable.run({ x: new Float32Array(2), rate: 1 })
    }).toThrow("input 'x' has 3 elements, not 2")
    expect(() => {
      executable.run({ x: 1, rate: 1 })
    }).toThrow("input 'x' has 3 elements, not 1")
    executable.run({ x: new Float32Array(3), rate: 1 })
    expect(() => executable.read('nothing')).toThrow("no output 'nothing'")
    engine.dispose()
  })
})

describe('the choice of a backend', () => {
  it('is wasm, unless another is asked for', () => {
    expect(chooseBackend(undefined, null).backend).toBe('wasm')
    expect(chooseBackend('cpu')).toEqual({ backend: 'cpu', reason: 'it was asked for' })
  })

  it('measures kinds of operations if asked to, and not otherwise', async () => {
    await buildKernels()
    for (const profile of [true, false]) {
      const engine = await openEngine({ backend: 'wasm', profile })
      engine.variables.create('w', [3], new Float32Array(3))
      engine.variables.create('v', [3], new Float32Array(3))
      const executable = engine.prepare(program())
      executable.run({ x: new Float32Array(3), rate: 1 })
      expect(Object.keys(executable.profile?.() ?? {}).sort()).toEqual(profile ? ['dot', 'multiply', 'sgd'] : [])
      engine.dispose()
    }
  })
})

describe('inspection', () => {
  it('knows this machine and which backends can run', async () => {
    await buildKernels()
    const { node, simd, backends, wasmMemoryBytes } = inspectBackends()
    expect(node).toBe(process.version)
    expect(simd).toBe(true)
    expect(wasmMemoryBytes).toBe(2 ** 32 - 2 ** 16)
    // Whether native TensorFlow is usable depends on the machine: test/runtime/backend/tensorflow asks.
    expect(backends.map(({ name }) => name)).toEqual(['wasm', 'cpu', 'tensorflow'])
    expect(backends.filter(({ name, usable }) => usable && name !== 'tensorflow')).toHaveLength(2)
  })
})

it('a kernel module that is not built is a failure that says how to build it', () => {
  const memory = new WebAssembly.Memory({ initial: 1 })
  expect(() => instantiateKernels(memory, '/nowhere/kernels.wasm')).toThrow(
    expect.objectContaining({ code: 'NAS7001', help: 'Build it: `npm run build`.' }) as Error,
  )
})
