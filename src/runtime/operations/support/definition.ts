import type { Attribute, Operation, ValueId } from '../../program/program.js'
import type { ProgramBuilder } from '../../program/builder.js'

export type Attributes = Readonly<Record<string, Attribute>>
export type Dims = readonly number[]
/** int32 data stands in an Int32Array. */
export type Data = Float32Array | Int32Array
/** What a reference implementation works on: engines' data, or double precision for finite differences. */
export type Numbers = Data | Float64Array

/** All that the project knows of one operation of tensor programs, one file each; kernels are the engines' affair. */
export interface OperationDefinition {
  readonly name: string
  /** Shapes of the outputs. Throws an Error (a defect of the planner) on inputs that do not fit. */
  shapes(inputs: readonly Dims[], attributes: Attributes): readonly Dims[]
  /** Floating-point operations (one multiply-accumulate is two), for profiles. */
  flops?(inputs: readonly Dims[], outputs: readonly Dims[], attributes: Attributes): number
  /** Positions of the inputs that it overwrites in place: variables. */
  readonly updates?: readonly number[]
  /** Its outputs do not change with its inputs as far as gradients are concerned: it has no adjoint. */
  readonly isConstant?: true
  /**
   * Emits the operations that give the gradient of every input from the gradients of the outputs (`undefined`: the
   * output has none). Returns one entry per input; `undefined` where there is no gradient. `needsGradient[i]` is false where
   * nobody asks for the gradient of input i, which must then not be computed.
   */
  adjoint?(context: AdjointContext): readonly (ValueId | undefined)[]
  /** Slow and obvious, in plain JS: the truth that kernels are checked against. Fills `outputs` (and updates inputs in place if the operation does). */
  reference(inputs: readonly Numbers[], outputs: readonly Numbers[], shapes: ShapesOf, attributes: Attributes): void
}

export interface ShapesOf {
  readonly inputs: readonly Dims[]
  readonly outputs: readonly Dims[]
}

export interface AdjointContext {
  readonly operation: Operation
  readonly builder: ProgramBuilder
  readonly outputGradients: readonly (ValueId | undefined)[]
  readonly needsGradient: readonly boolean[]
}
