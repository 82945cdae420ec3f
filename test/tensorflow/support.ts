import { describe, expect, it } from 'vitest'
import { findTensorflow } from '../../src/runtime/backend/install/places.js'
import { openTensorflowEngine, type TensorflowEngineOptions } from '../../src/runtime/backend/tensorflow/engine.js'
import type { Engine } from '../../src/runtime/backend/engine.js'
import { openEngine } from '../../src/runtime/backend/choose.js'

const installation = findTensorflow()

/** A suite that needs native TensorFlow. Where that is not installed, one test asserts that nasc says so and what to do. */
export function describeTensorflow(
  name: string,
  suite: (open: (options?: Omit<TensorflowEngineOptions, 'packageFolder'>) => Engine) => void,
): void {
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
