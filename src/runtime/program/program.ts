/**
 * A tensor program: a flat list of operations over numbered values with concrete shapes. Forward pass, backward pass and
 * updates of variables are operations of one program, so that every pass of the optimiser sees all of them.
 *
 * Layout: feature maps are NHWC; convolution kernels [k, k, in / groups, out]; depthwise kernels [k, k, channels];
 * linear kernels [in, out]; vectors [batch, channels]; scalars [].
 */
export type ValueId = number

export type ValueKind =
  /** Given anew for every run: images, labels, learning rate. */
  | 'input'
  /** Lives in the engine's store from run to run: weights, logits of choices, momenta, running statistics. */
  | 'variable'
  | 'temporary'

export interface Value {
  readonly id: ValueId
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
  readonly kind: ValueKind
  /** Inputs and variables have one; unique among their kind. */
  readonly name?: string
}

export type Attribute = number | boolean | string | readonly number[]

/**
 * The parts of a step, in the order in which a program has them: up to the loss, with the running statistics that follow a
 * batch; gradients, and what is computed anew for them; the moves of variables along their gradients.
 */
export const operationPhases = ['forward', 'backward', 'update'] as const
export type OperationPhase = (typeof operationPhases)[number]

export interface Operation {
  /** Key of the table of operations, `conv2d`. */
  readonly operation: string
  readonly inputs: readonly ValueId[]
  readonly outputs: readonly ValueId[]
  readonly attributes: Readonly<Record<string, Attribute>>
  /** The part of the step that it runs in. */
  readonly phase: OperationPhase
  /** Variables that it overwrites in place; they are among `inputs` too. */
  readonly updates: readonly ValueId[]
  /** Path of the network node that it came from, for profiles and messages. */
  readonly origin: string | undefined
}

/**
 * An operation with changes. Written out and not spread: V8 gives a spread literal a hidden class for every place in the code, and
 * what looks at all operations of a program would meet a dozen of them.
 */
export function operationLike(operation: Operation, changes: Partial<Omit<Operation, 'origin'>>): Operation {
  return {
    operation: changes.operation ?? operation.operation,
    inputs: changes.inputs ?? operation.inputs,
    outputs: changes.outputs ?? operation.outputs,
    attributes: changes.attributes ?? operation.attributes,
    phase: changes.phase ?? operation.phase,
    updates: changes.updates ?? operation.updates,
    origin: operation.origin,
  }
}

/** The outputs of a program whose values have other ids. */
export function renamedOutputs({ outputs }: Program, idOf: (id: ValueId) => ValueId): Program['outputs'] {
  if (Object.values(outputs).every((id) => idOf(id) === id)) return outputs
  return Object.fromEntries(Object.entries(outputs).map(([name, id]) => [name, idOf(id)]))
}

export interface Program {
  /** `values[i].id === i`. */
  readonly values: readonly Value[]
  /** In order of execution. */
  readonly operations: readonly Operation[]
  /** What a caller may read after a run. */
  readonly outputs: Readonly<Record<string, ValueId>>
}
