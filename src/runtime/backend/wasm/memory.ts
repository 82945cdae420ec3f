import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { Failure } from '../../../catalogue/failure.js'
import { instantiateKernels, kernelModulePath, type Kernels } from '../../kernels/kernel-module.js'
import { bestMultiplyAdd, type MultiplyAdd } from '../../kernels/multiply-add.js'
import { ALIGNMENT } from '../engine/memory-plan.js'
import { MAXIMUM_BYTES } from './limits.js'
import { startShared } from './shared-start.js'

/** The linear memory of the tfjs wasm backend, with our kernels over it. Growth detaches views, so none is kept. */
export interface WasmMemory {
  readonly backend: BackendWasm
  readonly multiplyAdd: MultiplyAdd
  readonly kernels: Kernels
  /** The same memory under kernels that multiply and add in another way. */
  withMultiplyAdd(multiplyAdd: MultiplyAdd): WasmMemory
  /** The memory itself if other threads can share it. */
  readonly shared?: WebAssembly.Memory
  /** Bytes that the memory has grown to. */
  size(): number
  /** @throws Failure NAS7003 with the numbers if there is no room */
  allocate(bytes: number, purpose: string): Block
  free(block: Block): void
  floats(address: number, count: number): Float32Array
  integers(address: number, count: number): Int32Array
  /** Address of the data of a tensor. */
  addressOf(tensor: tf.Tensor): number
}

export interface Block {
  /** As the allocator gave it. */
  readonly allocated: number
  /** The first aligned address in it. */
  readonly address: number
  readonly bytes: number
}

/** Kernels may read, never write, a vector beyond the end of a tensor. */
const SLACK = 16

let opened: Promise<WasmMemory> | undefined

/**
 * Starts the backend from the files of its npm package. There is one per process, whose memory is shared between threads
 * if the first caller asks for it and it can be had.
 */
export function openWasmMemory(shared = false): Promise<WasmMemory> {
  opened ??= start(shared)
  return opened
}

async function start(shared: boolean): Promise<WasmMemory> {
  const backend = await startBackend(shared)
  const { wasm } = backend
  if (!isModule(wasm)) throw new Error('this version of the tfjs wasm backend does not show its memory')
  const memory = wasm.wasmMemory ?? wasm.asm.memory
  if (memory === undefined) throw new Error('this version of the tfjs wasm backend does not show its memory')
  const isShared = memory.buffer instanceof SharedArrayBuffer
  const withMultiplyAdd = (multiplyAdd: MultiplyAdd): WasmMemory => ({
    backend,
    multiplyAdd,
    kernels: instantiateKernels(memory, kernelModulePath({ shared: isShared, multiplyAdd })),
    withMultiplyAdd,
    ...(isShared ? { shared: memory } : {}),
    size: () => memory.buffer.byteLength,
    allocate(bytes, purpose) {
      const allocated = bytes + ALIGNMENT + SLACK < MAXIMUM_BYTES ? wasm._malloc(bytes + ALIGNMENT + SLACK) >>> 0 : 0
      if (allocated === 0) throw tooLarge(bytes, purpose, memory.buffer.byteLength)
      return { allocated, address: Math.ceil(allocated / ALIGNMENT) * ALIGNMENT, bytes }
    },
    free(block) {
      wasm._free(block.allocated)
    },
    floats: (address, count) => new Float32Array(memory.buffer, address, count),
    integers: (address, count) => new Int32Array(memory.buffer, address, count),
    addressOf: (tensor) => backend.getMemoryOffset(tensor.dataId),
  })
  return withMultiplyAdd(bestMultiplyAdd())
}

async function startBackend(shared: boolean): Promise<BackendWasm> {
  if (tf.getBackend() !== 'wasm') {
    const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')
    setWasmPaths(join(dirname(manifest), 'wasm-out') + sep)
    const started = (shared && (await startShared())) || (await tf.setBackend('wasm'))
    if (!started) {
      throw new Failure('backend-did-not-start', {})
    }
  }
  await tf.ready()
  const backend = tf.backend()
  if (!(backend instanceof BackendWasm)) throw new Error('the wasm backend of tfjs is of an unknown kind')
  return backend
}

/** What the loader of the backend shows: its allocator and its memory, at another place if that is shared. */
interface BackendModule {
  readonly asm: { readonly memory?: WebAssembly.Memory }
  readonly wasmMemory?: WebAssembly.Memory
  _malloc(bytes: number): number
  _free(address: number): void
}

function isModule(wasm: object): wasm is BackendModule {
  if (!('asm' in wasm && '_malloc' in wasm && '_free' in wasm)) return false
  const { asm, _malloc, _free } = wasm
  if (typeof asm !== 'object' || asm === null) return false
  const memory = 'wasmMemory' in wasm ? wasm.wasmMemory : 'memory' in asm ? asm.memory : undefined
  return memory instanceof WebAssembly.Memory && typeof _malloc === 'function' && typeof _free === 'function'
}

function tooLarge(bytes: number, purpose: string, grown: number): Failure {
  const limit = `the WebAssembly memory cannot hold it: it has grown to ${megabytes(grown)} and ends at ${megabytes(MAXIMUM_BYTES)}`
  return new Failure('out-of-memory', { purpose, needed: megabytes(bytes), limit })
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`
}
