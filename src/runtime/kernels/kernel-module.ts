import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../catalogue/failure.js'
import type { MultiplyAdd } from './multiply-add.js'
import { packageRoot } from '../../support/node/package-root.js'

/** What the module compiled from `assembly/` exports. */
export const kernelNames = [
  'relu',
  'reluGradient',
  'multiply',
  'scale',
  'scaleRows',
  'copy',
  'zero',
  'fill',
  'addAll',
  'weightedSum',
  'weightedSumGradient',
  'dot',
  'clipScale',
  'sgd',
  'adam',
  'movingAverage',
  'batchNormTrain',
  'batchNormTrainGradient',
  'batchNormInference',
  'conv2d',
  'conv2dInputGradient',
  'conv2dFilterGradient',
  'conv2dScratch',
  'depthwise2d',
  'depthwise2dInputGradient',
  'depthwise2dFilterGradient',
  'depthwiseScratch',
  'maxPool2d',
  'maxPool2dGradient',
  'avgPool2d',
  'avgPool2dGradient',
  'globalAvgPool',
  'globalAvgPoolGradient',
  'poolLineBytes',
  'shift2d',
  'copyChannels',
  'softmax',
  'softmaxGradient',
  'softmaxCrossEntropy',
  'softmaxCrossEntropyGradient',
  'correctCount',
  'matmul',
  'matmulScratch',
  'biasAdd',
  'sumRows',
  'activation',
  'activationGradient',
  'scaleChannels',
  'scaleChannelsGradient',
  'copyBlock',
  'resample2d',
  'batchNormStatistics',
  'batchNormReluTrainGradient',
  'normReluDepthwise2d',
  'normReluDepthwise2dFilterGradient',
  'softCrossEntropy',
  'softCrossEntropyGradient',
] as const

export type KernelName = (typeof kernelNames)[number]
type Kernel = (...args: readonly number[]) => number

/** Kernels bound to one memory. Arguments are byte addresses, sizes and plain numbers, in the order of the sources. */
export type Kernels = Readonly<Record<KernelName, Kernel>>

/** Which of the modules that are made of the same sources. */
export interface KernelModuleKind {
  /** For a memory that threads share. */
  readonly shared?: boolean
  readonly multiplyAdd?: MultiplyAdd
}

/** Where `npm run build` puts a module. */
export function kernelModulePath({ shared = false, multiplyAdd = 'separate' }: KernelModuleKind = {}): string {
  const name = `kernels${multiplyAdd === 'fused' ? '-fma' : ''}${shared ? '-shared' : ''}.wasm`
  return join(packageRoot(), 'dist', 'kernels', name)
}

/** @throws Failure NAS7001 if the module has not been built */
export function loadKernelModule(path: string): WebAssembly.Module {
  if (!existsSync(path)) {
    throw new Failure('kernels-missing', { path })
  }
  return new WebAssembly.Module(readFileSync(path))
}

/**
 * Instantiates the kernels over a memory that belongs to somebody else. They hold no state and no data of their own
 * there, and survive its growth.
 *
 * @throws Failure NAS7001 if the module has not been built, NAS7002 if it is stale
 */
export function instantiateKernels(memory: WebAssembly.Memory, path: string = kernelModulePath()): Kernels {
  const { exports } = new WebAssembly.Instance(loadKernelModule(path), { env: { memory } })
  if (!isComplete(exports)) {
    throw new Failure('kernels-stale', { path })
  }
  return exports
}

function isComplete(exports: Readonly<Record<string, unknown>>): exports is Readonly<Record<KernelName, Kernel>> {
  return kernelNames.every((name) => typeof exports[name] === 'function')
}
