import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { Failure } from '../../../catalogue/failure.js'
import { isBinding, type Binding } from './binding.js'
import { noCapabilities, type Capabilities } from './capabilities.js'
import { loadNative } from './load-native.js'
import { nativeState, nativeWords, type NativeState } from './native-files.js'
import { probeCapabilities } from './probe-capabilities.js'
import { defaultThreads } from './thread-count.js'

/** TensorFlow in this process. */
export interface LoadedTensorflow {
  readonly binding: Binding
  readonly threads: number
  readonly capabilities: Capabilities
  readonly native: NativeKernels
}

/** Whether kernels of ours are loaded, or why TensorFlow's own operations do everything. */
export type NativeKernels =
  { readonly loaded: true; readonly level: string } | { readonly loaded: false; readonly why: string }

/** The addon in a folder of `@tensorflow/tfjs-node-gpu` or `@tensorflow/tfjs-node`, if it has been built. */
export function addonIn(packageFolder: string): string | undefined {
  const lib = join(packageFolder, 'lib')
  if (!existsSync(lib)) return undefined
  return readdirSync(lib)
    .map((folder) => join(lib, folder, 'tfjs_binding.node'))
    .find((path) => existsSync(path))
}

let loaded: LoadedTensorflow | undefined

/**
 * Loads TensorFlow, once per process: it takes the number of threads when it starts and keeps it.
 *
 * @throws Failure NAS7006 if the addon does not load
 */
export function loadTensorflow(packageFolder: string, threads?: number): LoadedTensorflow {
  loaded ??= load(packageFolder, threads ?? defaultThreads())
  return loaded
}

function load(packageFolder: string, threads: number): LoadedTensorflow {
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
  const kernels = nativeState(packageFolder)
  // Our kernels have threads of their own: with TensorFlow's beside them, small operations got slower by waiting.
  process.env['TF_NUM_INTRAOP_THREADS'] = kernels.kind === 'ready' ? '1' : String(threads)
  // Operations run one after the other.
  process.env['TF_NUM_INTEROP_THREADS'] = '1'
  // Where TensorFlow's operations do everything, oneDNN's kernels halve the time of a step, also on processors for which
  // TensorFlow would not take them by itself.
  if (kernels.kind !== 'ready') process.env['TF_ENABLE_ONEDNN_OPTS'] ??= '1'
  // Keeps oneDNN's compiled gradients instead of making them anew at every call: filter gradients take a sixth less.
  process.env['TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE'] ??= '0'
  const path = addonIn(packageFolder)
  if (path === undefined) throw broken(packageFolder, 'it holds no addon')
  let module: unknown
  try {
    module = createRequire(import.meta.url)(path)
  } catch (error) {
    throw broken(packageFolder, error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
  }
  if (!isBinding(module)) throw broken(packageFolder, 'its addon is of an unknown kind')
  const onGpu = module.isUsingGpuDevice()
  return {
    binding: module,
    threads,
    // What is probed is how kernels for processors do.
    capabilities: onGpu ? noCapabilities : probeCapabilities(module),
    native: onGpu ? { loaded: false, why: 'there is a GPU' } : nativeKernels(kernels, module, threads),
  }
}

function nativeKernels(state: NativeState, binding: Binding, threads: number): NativeKernels {
  if (state.kind !== 'ready') return { loaded: false, why: nativeWords[state.kind] }
  const why = loadNative(state.path, binding, threads)
  return why === undefined ? { loaded: true, level: state.level } : { loaded: false, why }
}

function broken(folder: string, reason: string): Failure {
  return new Failure('tensorflow-does-not-load', { folder, reason })
}
