import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import type { VariableSpec } from './step-spec.js'

/** How variables are moved along their gradients: what an optimiser gives to a plan. */
export interface OptimiserEmission {
  /** Equal for equal optimisers but for their decay: plans are kept by it. */
  readonly key: string
  /** L2 weight decay. */
  readonly decay: number
  /** Scales, shifts, biases and logits of choices do not decay. */
  readonly decaysKernelsOnly?: boolean
  /** Variables that it keeps for each one that it moves, zero at first: `velocity` of `w` is the variable `w#velocity`. */
  readonly state: readonly string[]
  /** Which of these a step goes on along, and with which factor, where there is such a one. */
  readonly momentum?: { readonly state: string; readonly factor: number }
  /** Moves one variable in place. */
  emit(step: OptimiserStep): void
}

/** The update of one variable. */
export interface OptimiserStep {
  readonly builder: ProgramBuilder
  readonly variable: ValueId
  /** In the order in which the optimiser names them. */
  readonly state: readonly ValueId[]
  readonly gradient: ValueId
  /** [], the learning rate */
  readonly rate: ValueId
  /** Of this variable. */
  readonly decay: number
  /** [], what the gradient is multiplied by before all else; absent: nothing is clipped. */
  readonly clip?: ValueId
}

/** Weight decay of a variable under an optimiser. */
export function decayOf(
  optimiser: Pick<OptimiserEmission, 'decay' | 'decaysKernelsOnly'>,
  role: VariableSpec['role'] | undefined,
): number {
  return optimiser.decaysKernelsOnly === true && role !== 'kernel' ? 0 : optimiser.decay
}
