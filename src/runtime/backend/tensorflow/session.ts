import type { Binding, BindingAttribute, TensorId } from './binding.js'
import type { Capabilities } from './capabilities.js'
import type { NativeSettings } from './kernel.js'

/** An attribute of an operation of TensorFlow. Types of elements are inferred from the inputs wherever there is one. */
export type OpAttribute =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'integer'; readonly value: number | readonly number[] }
  | { readonly kind: 'real'; readonly value: number | readonly number[] }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'float32' | 'int32' }

export const text = (value: string): OpAttribute => ({ kind: 'text', value })
export const integer = (value: number | readonly number[]): OpAttribute => ({ kind: 'integer', value })
export const real = (value: number | readonly number[]): OpAttribute => ({ kind: 'real', value })
export const flag = (value: boolean): OpAttribute => ({ kind: 'flag', value })
/** Element types. */
export const float32: OpAttribute = { kind: 'float32' }
export const int32: OpAttribute = { kind: 'int32' }

export type OpAttributes = Readonly<Record<string, OpAttribute>>
/** An operation of TensorFlow with its attributes settled; takes and gives tensors. */
export type Op = (...inputs: TensorId[]) => TensorId
export type MultipleOp = (...inputs: TensorId[]) => readonly TensorId[]

/** Operations of TensorFlow, made once and called often, and the tensors that they leave. */
export interface Session {
  readonly binding: Binding
  readonly capabilities: Capabilities
  /** An operation of one output. */
  op(name: string, attributes?: OpAttributes): Op
  /** An operation of several outputs. */
  ops(name: string, attributes: OpAttributes, outputs: number): MultipleOp
  /** An operation of ours. */
  native(name: string, settings: Partial<NativeSettings>, outputs: number): MultipleOp
  /** Constants live until `dispose`. */
  readonly integers: (values: readonly number[], shape?: readonly number[]) => TensorId
  readonly reals: (values: readonly number[], shape?: readonly number[]) => TensorId
  readonly number: (value: number) => TensorId
  /** The entries of a vector as scalars. They are made once and live until `endRun`. */
  readonly entriesOf: (vector: TensorId, count: number) => readonly TensorId[]
  /** Frees what was kept for the run. */
  readonly endRun: () => void
  /** Tensors that operations have made since the last call of this function, in order. */
  takeMade(): TensorId[]
  readonly dispose: () => void
}

/** One per executable: constants are shared within it and freed with it. */
export function openSession(binding: Binding, capabilities: Capabilities): Session {
  const constants = openConstants(binding)
  const entries = openEntries(binding)
  let made: TensorId[] = []

  const listOf = (attributes: OpAttributes): readonly BindingAttribute[] =>
    Object.entries(attributes).map(([key, attribute]) => bindingAttribute(binding, key, attribute))
  const execute = (
    name: string,
    attributes: readonly BindingAttribute[],
    inputs: readonly TensorId[],
    outputs: number,
  ): readonly TensorId[] => {
    const ids = binding.executeOp(name, attributes, inputs, outputs).map(({ id }) => id)
    made.push(...ids)
    return ids
  }
  const ops = (name: string, attributes: OpAttributes, outputs: number): MultipleOp => {
    const list = listOf(attributes)
    return (...inputs) => execute(name, list, inputs, outputs)
  }

  return {
    binding,
    capabilities,
    op(name, attributes = {}) {
      const run = ops(name, attributes, 1)
      return (...inputs) => {
        const [id] = run(...inputs)
        if (id === undefined) throw new Error(`TensorFlow's ${name} gave nothing`)
        return id
      }
    },
    ops,
    native(name, { ints = [], reals = [] }, outputs) {
      const settings = listOf({
        m: integer(outputs),
        ...(ints.length === 0 ? {} : { ints: integer(ints) }),
        ...(reals.length === 0 ? {} : { reals: real(reals.flatMap(halves)) }),
      })
      // One and the same list for every number of inputs, which hardly ever changes.
      const lists = new Map<number, readonly BindingAttribute[]>()
      return (...inputs) => {
        const list = lists.get(inputs.length) ?? [...settings, ...listOf({ n: integer(inputs.length) })]
        lists.set(inputs.length, list)
        return execute(name, list, inputs, outputs)
      }
    },
    integers: constants.integers,
    reals: constants.reals,
    number: constants.number,
    entriesOf: entries.of,
    endRun: entries.free,
    takeMade() {
      const taken = made
      made = []
      return taken
    },
    dispose: constants.free,
  }
}

/** Constants, each made once. */
function openConstants(
  binding: Binding,
): Pick<Session, 'integers' | 'reals' | 'number'> & { readonly free: () => void } {
  const constants = new Map<string, TensorId>()
  const constant = (dtype: number, data: Float32Array | Int32Array, shape: readonly number[]): TensorId => {
    const key = `${String(dtype)} ${shape.join()} ${data.join()}`
    const known = constants.get(key)
    if (known !== undefined) return known
    const id = binding.createTensor(shape, dtype, data)
    constants.set(key, id)
    return id
  }
  return {
    integers: (values, shape = [values.length]) => constant(binding.TF_INT32, Int32Array.from(values), shape),
    reals: (values, shape = [values.length]) => constant(binding.TF_FLOAT, Float32Array.from(values), shape),
    number: (value) => constant(binding.TF_FLOAT, Float32Array.of(value), []),
    free() {
      for (const id of constants.values()) binding.deleteTensor(id)
      constants.clear()
    },
  }
}

/** Entries of vectors as scalars, until they are freed. */
function openEntries(binding: Binding): { readonly of: Session['entriesOf']; readonly free: () => void } {
  const entries = new Map<TensorId, readonly TensorId[]>()
  return {
    of(vector, count) {
      const known = entries.get(vector)
      if (known !== undefined) return known
      const attributes = [
        bindingAttribute(binding, 'num', integer(count)),
        bindingAttribute(binding, 'axis', integer(0)),
      ]
      const ids = binding.executeOp('Unpack', attributes, [vector], count).map(({ id }) => id)
      entries.set(vector, ids)
      return ids
    },
    free() {
      for (const ids of entries.values()) for (const id of ids) binding.deleteTensor(id)
      entries.clear()
    },
  }
}

/** A double as two singles, whose sum it is: attributes have single precision. */
function halves(value: number): readonly [number, number] {
  const high = Math.fround(value)
  return [high, Math.fround(value - high)]
}

function bindingAttribute(binding: Binding, name: string, attribute: OpAttribute): BindingAttribute {
  switch (attribute.kind) {
    case 'text':
      return { name, type: binding.TF_ATTR_STRING, value: attribute.value }
    case 'integer':
      return { name, type: binding.TF_ATTR_INT, value: attribute.value }
    case 'real':
      return { name, type: binding.TF_ATTR_FLOAT, value: attribute.value }
    case 'flag':
      return { name, type: binding.TF_ATTR_BOOL, value: attribute.value }
    case 'float32':
      return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT }
    case 'int32':
      return { name, type: binding.TF_ATTR_TYPE, value: binding.TF_INT32 }
  }
}
