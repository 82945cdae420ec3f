import { describe, expect, it } from 'vitest'
import { findTensorflow } from '../../src/runtime/backend/install/installation.js'
import { openTensorflowEngine, type TensorflowEngineOptions } from '../../src/runtime/backend/tensorflow/engine.js'
import { nativeState } from '../../src/runtime/backend/tensorflow/native-files.js'
import type { Engine } from '../../src/runtime/backend/engine/engine.js'
import { openEngine } from '../../src/runtime/backend/choose.js'

const installation = findTensorflow()
type Open = (options?: Omit<TensorflowEngineOptions, 'packageFolder'>) => Engine

/** A suite that needs native TensorFlow. Where that is not installed, one test asserts that nasc says so and what to do. */
export function describeTensorflow(name: string, suite: (open: Open) => void): void {
  describe(name, () => {
    if (installation !== undefined) {
      suite((options = {}) =>
        openTensorflowEngine({ ...options, packageFolder: installation.packageFolder, threads: 2 }),
      )
      return
    }
    it('is not tested without TensorFlow, which `nasc backend install tensorflow` installs', async () => {
      await expect(openEngine({ backend: 'tensorflow' })).rejects.toMatchObject({
        code: 'NAS7005',
        help: expect.stringContaining('nasc backend install tensorflow') as string,
      })
    })
  })
}

/**
 * A suite that runs twice: on kernels of ours and on TensorFlow's own operations. Where ours are not compiled, or not from
 * the sources as they are, one test asserts that the engine says so and what to do.
 */
export function describeKernels(name: string, suite: (open: Open) => void): void {
  describeTensorflow(name, (open) => {
    describe('kernels of ours', () => {
      if (hasNativeKernels()) {
        suite(open)
        return
      }
      it('are not tested before `nasc backend install tensorflow` has compiled them', () => {
        expect(open().note).toContain('`nasc backend install tensorflow` compiles them')
      })
    })
    describe("TensorFlow's own operations", () => {
      suite((options = {}) => open({ ...options, native: false }))
    })
  })
}

export function hasNativeKernels(): boolean {
  return installation !== undefined && nativeState(installation.packageFolder).kind === 'ready'
}
