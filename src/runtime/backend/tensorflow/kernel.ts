import type { Attributes, Dims } from '../../operations/definition.js'
import type { TensorId } from './binding.js'
import type { Session } from './session.js'

/** An operation of a program as a kernel sees it before it runs. */
export interface KernelCall {
  readonly attributes: Attributes
  readonly inputs: readonly Dims[]
  readonly outputs: readonly Dims[]
  /** Position of an input that nobody needs any more and whose memory the first output takes. Of kernels of ours only. */
  readonly inPlace?: number | undefined
}

/**
 * Takes the inputs of the operation and gives its outputs; for an operation that updates variables, their new values in
 * the order of `definition.updates`. Never gives an input back. What it makes besides is freed by the executable.
 */
export type KernelRun = (...inputs: TensorId[]) => TensorId | readonly TensorId[]

/** How one operation of tensor programs runs on TensorFlow: everything that can be settled beforehand is. */
export interface TensorflowKernel {
  /** Bytes that it needs beside its inputs and outputs. */
  scratchBytes?(call: KernelCall): number
  bind(session: Session, call: KernelCall): KernelRun
}

/** A kernel of ours. Outputs have memory of their own, which no other value shares; variables are updated where they lie. */
export interface NativeKernel extends TensorflowKernel {
  /** Whether it can do this one. It can do all if not given. */
  fits?(call: KernelCall): boolean
  /** Positions of the inputs whose memory the first output may take if they die here; `rest`: all but the first. */
  readonly inPlace?: readonly number[] | 'all' | 'rest'
}
