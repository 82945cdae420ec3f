import { describe, expect, it } from 'vitest'
import { chooseBackend, openEngine, plannedEngine } from '../../../src/runtime/backend/choose.js'
import { inspectBackends } from '../../../src/runtime/backend/inspect.js'
import { findTensorflow } from '../../../src/runtime/backend/install/installation.js'

describe('the choice of a backend', () => {
  it('is native TensorFlow where it is installed, and wasm elsewhere', () => {
    expect(chooseBackend(undefined, null).backend).toBe('wasm')
    const plain = chooseBackend(undefined, { gpu: false, origin: 'installed by nasc' })
    expect(plain).toEqual({ backend: 'tensorflow', reason: 'native TensorFlow, installed by nasc' })
    const cuda = chooseBackend(undefined, { gpu: true, origin: 'package of the project' })
    expect(cuda.reason).toContain('CUDA, package of the project')
  })

  it('tells what was measured when it was installed', () => {
    const trial = { threads: 2, tensorflowMs: 20.4, wasmMs: 49.7 }
    const record = { format: 1, tfjs: '', tensorflow: '', gpu: false, source: '', node: '', bytes: 0, trial } as const
    const { reason } = chooseBackend(undefined, { gpu: false, origin: 'installed by nasc', record })
    expect(reason).toContain('a trial step took 20 ms on native TensorFlow with 2 threads, 50 ms on wasm')
  })

  it('stays with wasm where the trial at the installation was won by it', () => {
    const trial = { threads: 2, tensorflowMs: 50.2, wasmMs: 41.6 }
    const record = { format: 1, tfjs: '', tensorflow: '', gpu: false, source: '', node: '', bytes: 0, trial } as const
    const { backend, reason } = chooseBackend(undefined, { gpu: false, origin: 'installed by nasc', record })
    expect(backend).toBe('wasm')
    expect(reason).toContain('50 ms on native TensorFlow with 2 threads, 42 ms on wasm')
    expect(chooseBackend('tensorflow', { gpu: false, origin: 'installed by nasc', record }).backend).toBe('tensorflow')
  })

  it('is what was asked for', () => {
    expect(chooseBackend('cpu', { gpu: false, origin: 'installed by nasc' }).backend).toBe('cpu')
    expect(chooseBackend('tensorflow', null)).toEqual({ backend: 'tensorflow', reason: 'it was asked for' })
  })

  it('is told without opening it', async () => {
    for (const options of [{ backend: 'cpu' }, { backend: 'wasm', threads: 1 }] as const) {
      const engine = await openEngine(options)
      expect(plannedEngine(options)).toEqual({ backend: engine.backend, threads: engine.threads })
      engine.dispose()
    }
    expect(plannedEngine({}).backend).toBe(chooseBackend().backend)
    expect(plannedEngine({ backend: 'wasm' }).threads).toBeGreaterThan(0)
  })

  it('is reported with the way to a faster one', () => {
    const { chosen, faster, backends } = inspectBackends()
    const installed = findTensorflow() !== undefined
    expect(chosen).toBe(chooseBackend().backend)
    if (!installed) expect(chosen).toBe('wasm')
    expect(backends.find(({ name }) => name === 'tensorflow')?.usable).toBe(installed)
    expect(faster?.includes('nasc backend install tensorflow') ?? false).toBe(!installed)
  })
})
