import type { MemoryTraits } from '../engine/memory-plan.js'
import type { Attributes, Dims } from '../../operations/support/definition.js'
import type { Kernels } from '../../kernels/kernel-module.js'

/** An operation of a program as a kernel sees it before memory is planned. */
export interface KernelCall {
  readonly attributes: Attributes
  readonly inputs: readonly Dims[]
  readonly outputs: readonly Dims[]
}

/** The same with the byte addresses of all operands. */
export interface PlacedCall extends KernelCall {
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** Address of `scratchBytes` bytes, which no other kernel touches while this one runs. Aligned to 64 bytes. */
  readonly scratch: number
  /** Puts 32-bit words (addresses, offsets) where they stay as long as the executable; returns their address. */
  readonly words: (values: readonly number[]) => number
}

/** How one operation of tensor programs runs on the kernel module. */
export interface KernelBinding extends MemoryTraits {
  scratchBytes?(kernels: Kernels, call: KernelCall): number
  /** A function of no arguments that does the work: everything that can be settled beforehand is. */
  bind(kernels: Kernels, call: PlacedCall): () => void
}
