import type { Attributes } from '../operations/support/definition.js'
import type { FusedOperationName } from '../operations/fused.js'
import { definitionOf, type OperationName } from '../operations/index.js'
import { sameDims } from '../operations/support/element.js'
import type { Operation, OperationPhase, Program, Value, ValueId } from './program.js'

const NOTHING: readonly ValueId[] = []

/** Builds a program operation by operation; shapes come from the table of operations. */
export class ProgramBuilder {
  #values: Value[] = []
  #operations: Operation[] = []
  readonly #inputs = new Map<string, ValueId>()
  readonly #variables = new Map<string, ValueId>()
  // Made once, and not for every operation.
  readonly #shapeOf = (id: ValueId): readonly number[] => this.shape(id)
  readonly #temporary = (shape: readonly number[]): ValueId =>
    this.#add({ id: this.#values.length, shape, dtype: 'float32', kind: 'temporary' })

  /** Network node that the operations to come belong to, unless `emit` is told another. */
  origin: string | undefined

  /** Part of the step that the operations to come run in. */
  phase: OperationPhase = 'forward'

  /** Goes on with a program: same values, same operations. */
  static from(program: Program): ProgramBuilder {
    const builder = new ProgramBuilder()
    builder.#values = program.values.slice()
    builder.#operations = program.operations.slice()
    program.values.forEach(({ kind, name, id }) => {
      if (name === undefined) return
      if (kind === 'input') builder.#inputs.set(name, id)
      if (kind === 'variable') builder.#variables.set(name, id)
    })
    return builder
  }

  /** An input of this name; asked for twice, it is the same value, and its shape must be the same. */
  input(name: string, shape: readonly number[], dtype: 'float32' | 'int32' = 'float32'): ValueId {
    return this.#named(this.#inputs, 'input', name, shape, dtype)
  }

  /** A variable of this name; asked for twice, it is the same value, and its shape must be the same. */
  variable(name: string, shape: readonly number[]): ValueId {
    return this.#named(this.#variables, 'variable', name, shape, 'float32')
  }

  /** Appends an operation. Throws an Error (a defect of the planner) if its inputs do not fit. */
  emit(
    operation: OperationName | FusedOperationName,
    inputs: readonly ValueId[],
    attributes: Attributes = {},
    origin: string | undefined = this.origin,
  ): readonly ValueId[] {
    const definition = definitionOf(operation)
    const outputs = definition.shapes(inputs.map(this.#shapeOf), attributes).map(this.#temporary)
    const updates = definition.updates?.map((position) => this.#inputAt(inputs, position)) ?? NOTHING
    this.#operations.push({ operation, inputs, outputs, attributes, phase: this.phase, updates, origin })
    return outputs
  }

  /** Appends an operation and returns its first output. */
  one(operation: OperationName, inputs: readonly ValueId[], attributes: Attributes = {}, origin?: string): ValueId {
    const output = this.emit(operation, inputs, attributes, origin)[0]
    if (output === undefined) throw new Error(`${operation} has no output`)
    return output
  }

  value(id: ValueId): Value {
    const value = this.#values[id]
    if (value === undefined) throw new Error(`there is no value ${String(id)}`)
    return value
  }

  shape(id: ValueId): readonly number[] {
    return this.value(id).shape
  }

  /** Number of values so far. */
  get size(): number {
    return this.#values.length
  }

  /** The operations so far. */
  get operations(): readonly Operation[] {
    return this.#operations
  }

  build(outputs: Readonly<Record<string, ValueId>>): Program {
    for (const id of Object.values(outputs)) this.value(id)
    return { values: this.#values.slice(), operations: this.#operations.slice(), outputs }
  }

  #add(value: Value): ValueId {
    this.#values.push(value)
    return value.id
  }

  #named(
    table: Map<string, ValueId>,
    kind: 'input' | 'variable',
    name: string,
    shape: readonly number[],
    dtype: 'float32' | 'int32',
  ): ValueId {
    const known = table.get(name)
    if (known !== undefined) {
      const value = this.value(known)
      if (!sameDims(value.shape, shape) || value.dtype !== dtype) {
        throw new Error(`${kind} '${name}' is asked for with two shapes: [${value.shape.join()}] and [${shape.join()}]`)
      }
      return known
    }
    const id = this.#add({ id: this.#values.length, shape, dtype, kind, name })
    table.set(name, id)
    return id
  }

  #inputAt(inputs: readonly ValueId[], position: number): ValueId {
    const input = inputs[position]
    if (input === undefined || this.value(input).kind !== 'variable') {
      throw new Error(`only variables can be updated, not input ${String(position)}`)
    }
    return input
  }
}
