import type { Program } from '../program/program.js'

/**
 * A transformation of programs that keeps the values of all outputs and all updates (up to the order of a sum). Values that
 * nothing reads or makes any more it may leave behind: they go when all passes have run.
 */
export interface Pass {
  /** By which it is switched off and on: `--no-pass common-subexpressions`. */
  readonly name: string
  /** It emits fused operations, which only some engines have kernels for: runs for these, once gradients are taken. */
  readonly needsFusedKernels?: true
  run(program: Program): Program
}
