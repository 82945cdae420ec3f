import { cpus, totalmem } from 'node:os'
import { existsSync } from 'node:fs'
import { kernelModulePath } from '../kernels/kernel-module.js'
import { bestMultiplyAdd } from '../kernels/multiply-add.js'
import { chooseBackend, type BackendName } from './choose.js'
import { findTensorflow, type Installation } from './install/installation.js'
import { nativeState, nativeWords } from './tensorflow/native-files.js'
import { MAXIMUM_BYTES } from './wasm/limits.js'
import { defaultThreads, threadObstacle } from './wasm/thread-count.js'

/** What `nasc doctor` prints about the machine and the backends. */
export interface Inspection {
  readonly node: string
  readonly platform: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  /** WebAssembly SIMD, which the kernels need. */
  readonly simd: boolean
  /** Most that the memory of the wasm backend can grow to. */
  readonly wasmMemoryBytes: number
  readonly backends: readonly BackendState[]
  readonly chosen: BackendName
  readonly reason: string
  /** How to get a faster backend; absent where there is none. */
  readonly faster?: string
}

export interface BackendState {
  readonly name: BackendName
  readonly usable: boolean
  readonly detail: string
}

/** Loads no backend. */
export function inspectBackends(): Inspection {
  const [first] = cpus()
  const simd = hasSimd()
  const tensorflow = findTensorflow()
  const { backend, reason } = chooseBackend(undefined, tensorflow ?? null)
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    simd,
    wasmMemoryBytes: MAXIMUM_BYTES,
    backends: [
      wasmState(simd),
      { name: 'cpu', usable: true, detail: 'plain JavaScript, the slow reference that the others are checked against' },
      tensorflowState(tensorflow),
    ],
    chosen: backend,
    reason,
    ...(tensorflow === undefined
      ? { faster: '`nasc backend install tensorflow` builds native TensorFlow and measures what it gains here' }
      : {}),
  }
}

function wasmState(simd: boolean): BackendState {
  const name = 'wasm'
  if (!simd) return { name, usable: false, detail: 'this Node has no WebAssembly SIMD' }
  if (!existsSync(kernelModulePath())) return { name, usable: false, detail: 'kernels not built: `npm run build`' }
  const kernels = bestMultiplyAdd() === 'fused' ? 'SIMD kernels with fused multiply-add' : 'SIMD kernels'
  return { name, usable: true, detail: `${kernels} over the memory of TensorFlow.js, ${threadWords()}` }
}

function threadWords(): string {
  if (defaultThreads() === 1) return 'one thread: the process has one processor'
  const obstacle = threadObstacle()
  return obstacle === undefined ? `${String(defaultThreads())} threads` : `one thread: ${obstacle}`
}

function tensorflowState(found: Installation | undefined): BackendState {
  const name = 'tensorflow'
  if (found === undefined) {
    return { name, usable: false, detail: 'not installed: `nasc backend install tensorflow` makes it so' }
  }
  const { record } = found
  const version = record === undefined ? 'native TensorFlow' : `TensorFlow ${record.tensorflow}`
  return {
    name,
    usable: true,
    detail: `${version}${found.gpu ? ' with CUDA' : ''}, ${kernelWords(found)}, ${found.origin} in ${found.packageFolder}`,
  }
}

function kernelWords({ packageFolder, gpu }: Installation): string {
  if (gpu) return "without nasc's own kernels"
  const state = nativeState(packageFolder)
  return state.kind === 'ready'
    ? `nasc's own kernels for ${state.level}`
    : `without nasc's own kernels (${nativeWords[state.kind]}; \`nasc backend install tensorflow\` does it)`
}

/** Validates the smallest module that has a vector instruction: `() -> v128`, made by `i8x16.splat`. */
function hasSimd(): boolean {
  return WebAssembly.validate(
    Uint8Array.of(
      ...[0, 97, 115, 109, 1, 0, 0, 0],
      ...[1, 5, 1, 96, 0, 1, 123],
      ...[3, 2, 1, 0],
      ...[10, 8, 1, 6, 0, 65, 0, 253, 15, 11],
    ),
  )
}
