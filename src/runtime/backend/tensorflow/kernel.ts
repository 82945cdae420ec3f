import type { Attributes, Dims } from '../../operations/support/definition.js'
import type { MemoryTraits } from '../engine/memory-plan.js'
import type { TensorId } from './binding.js'
import type { Session } from './session.js'

/** An operation of a program as a kernel sees it before it runs. */
export interface KernelCall {
  readonly attributes: Attributes
  readonly inputs: readonly Dims[]
  readonly outputs: readonly Dims[]
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

/** What a kernel of ours is given beside tensors: see `native/op.h`. */
export interface NativeSettings {
  readonly ints: readonly number[]
  readonly reals: readonly number[]
}

/** A kernel of ours, of the name that `native/ops` registers. It updates variables where they lie. */
export interface NativeKernel extends Pick<MemoryTraits, 'inPlace'> {
  readonly name: string
  /** Whether it can do this one. It can do all if not given. */
  fits?(call: KernelCall): boolean
  settings(call: KernelCall): NativeSettings
}
