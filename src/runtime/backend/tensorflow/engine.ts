import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { Engine } from '../engine/engine.js'
import type { Binding, TensorId } from './binding.js'
import type { Capabilities } from './capabilities.js'
import { prepareTensorflow } from './executable.js'
import { loadTensorflow } from './load.js'
import { openTensorflowVariables } from './variables.js'

export interface TensorflowEngineOptions {
  /** Folder of `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node` with a built addon. */
  readonly packageFolder: string
  /** All processors if not given. The first engine of a process decides. */
  readonly threads?: number
  readonly profile?: boolean
  /** What TensorFlow may be asked for on this processor; what a probe has found if not given. To test what runs without. */
  readonly capabilities?: Capabilities
  /** False: TensorFlow's own operations do everything, as where our kernels do not compile. To test them. */
  readonly native?: boolean
}

/**
 * TensorFlow: its own operations, called one at a time, and ours, where they are compiled. Results of ours
 * are the same bit for bit with any number of threads, its own with the same number.
 *
 * @throws Failure NAS7006 if TensorFlow does not load
 */
export function openTensorflowEngine(options: TensorflowEngineOptions): Engine {
  const { binding, threads, capabilities, native } = loadTensorflow(options.packageFolder, options.threads)
  const variables = openTensorflowVariables(binding, (value, shape) =>
    sharedTensor(binding, options.packageFolder, value, shape),
  )
  const parts = {
    binding,
    capabilities: options.capabilities ?? capabilities,
    native: native.loaded && options.native !== false,
    variables,
  }
  return {
    backend: 'tensorflow',
    threads,
    fusedKernels: parts.native,
    ...(native.loaded ? {} : { note: slowWords(native.why) }),
    variables,
    prepare: (program) => prepareTensorflow(program, parts, { profile: options.profile ?? false }),
    dispose() {
      variables.dispose()
    },
  }
}

function slowWords(why: string): string {
  return `without nasc's own kernels, which makes it slower (${why}); \`nasc backend install tensorflow\` compiles them`
}

/** What tfjs-node's backend does to make a tensor of a handle. */
interface NodeBackend {
  createOutputTensor(metadata: {
    readonly id: TensorId
    readonly shape: readonly number[]
    readonly dtype: number
  }): Tensor
}

/** A tensor of tfjs over the memory of a tensor here. Loads tfjs-node, which registers its backend with tfjs. */
function sharedTensor(binding: Binding, packageFolder: string, value: TensorId, shape: readonly number[]): Tensor {
  if (nodeBackend() === null) {
    // Or else tfjs greets every user on the error stream and complains about kernels that it finds twice.
    tf.enableProdMode()
    createRequire(import.meta.url)(join(packageFolder, 'dist', 'index.js'))
  }
  if (tf.getBackend() !== 'tensorflow') void tf.setBackend('tensorflow')
  const backend = nodeBackend()
  if (!isNodeBackend(backend)) throw new Error('the backend of tfjs-node is of an unknown kind')
  const [copy] = binding.executeOp('Identity', [], [value], 1)
  if (copy === undefined) throw new Error('TensorFlow gave no copy')
  return backend.createOutputTensor({ id: copy.id, shape: [...shape], dtype: binding.TF_FLOAT })
}

/** Null until tfjs-node has registered it, whatever the types say. */
function nodeBackend(): object | null {
  return tf.findBackend('tensorflow')
}

function isNodeBackend(backend: object | null): backend is NodeBackend {
  return backend !== null && 'createOutputTensor' in backend && typeof backend.createOutputTensor === 'function'
}
