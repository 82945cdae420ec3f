import type { Tensor } from '@tensorflow/tfjs-core'
import type { Program } from '../../program/program.js'

/** A backend made ready: it holds variables and executes programs. One engine per process is enough. */
export interface Engine {
  readonly backend: 'wasm' | 'cpu' | 'tensorflow'
  readonly threads: number
  /** Why it has fewer threads than were asked for, or is slower than it could be. */
  readonly note?: string
  /** Whether it has kernels for the operations that do the work of several (`operations/fused.ts`). */
  readonly fusedKernels: boolean
  readonly variables: VariableStore
  /**
   * Makes a program executable: memory plan, kernels chosen, constants made. Every variable that the program names must
   * exist in the store. Throws a Failure (NAS7xxx) with the numbers if its peak does not fit in memory.
   */
  prepare(program: Program): Executable
  dispose(): void
}

export interface Executable {
  /** Bytes of temporaries at the peak, known before the first run. */
  readonly peakBytes: number
  /** One entry per input of the program. Scalars may be numbers. The outputs stay readable until the next run. */
  run(inputs: Readonly<Record<string, Float32Array | Int32Array | number>>): void
  /** Copies an output. */
  read(output: string): Float32Array
  /** Seconds per kind of operation, summed over the runs since `prepare`; only if the engine was asked to profile. */
  profile?(): Readonly<Record<string, number>>
  dispose(): void
}

/** Named tensors that outlive programs. All programs that name the same variable share it. */
export interface VariableStore {
  names(): readonly string[]
  has(name: string): boolean
  shape(name: string): readonly number[]
  create(name: string, shape: readonly number[], data: Float32Array): void
  read(name: string): Float32Array
  write(name: string, data: Float32Array): void
  /** A tfjs tensor over the same memory (or a copy, where the backend cannot share), to go on with in tfjs. */
  tensor(name: string): Tensor
  delete(name: string): void
  readonly bytes: number
}
