import type { Tensor } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../operations/support/element.js'
import type { VariableStore } from '../engine.js'
import { demandLength } from '../wasm/variables.js'
import type { Binding, TensorId } from './binding.js'

export interface TensorflowVariables extends VariableStore {
  /** The tensor that holds the value of a variable now. */
  get(name: string): TensorId
  /** Takes over a new value and frees the old one. */
  replace(name: string, value: TensorId): void
  dispose(): void
}

interface Variable {
  readonly shape: readonly number[]
  value: TensorId
}

/** Variables are tensors, which never change: an update puts another in the place. */
export function openTensorflowVariables(
  binding: Binding,
  share: (value: TensorId, shape: readonly number[]) => Tensor,
): TensorflowVariables {
  const variables = new Map<string, Variable>()
  const find = (name: string): Variable => {
    const variable = variables.get(name)
    if (variable === undefined) throw new Error(`there is no variable '${name}'`)
    return variable
  }
  // TensorFlow may keep the memory that it is given.
  const tensorOf = (shape: readonly number[], data: Float32Array): TensorId =>
    binding.createTensor(shape, binding.TF_FLOAT, data.slice())
  const replace = (name: string, value: TensorId): void => {
    const variable = find(name)
    binding.deleteTensor(variable.value)
    variable.value = value
  }
  let bytes = 0
  return {
    names: () => [...variables.keys()],
    has: (name) => variables.has(name),
    shape: (name) => find(name).shape,
    create(name, shape, data) {
      if (variables.has(name)) throw new Error(`variable '${name}' exists`)
      demandLength(name, sizeOf(shape), data)
      variables.set(name, { shape: [...shape], value: tensorOf(shape, data) })
      bytes += data.byteLength
    },
    read: (name) => Float32Array.from(binding.tensorDataSync(find(name).value)),
    write(name, data) {
      const { shape } = find(name)
      demandLength(name, sizeOf(shape), data)
      replace(name, tensorOf(shape, data))
    },
    tensor: (name) => share(find(name).value, find(name).shape),
    delete(name) {
      const { value, shape } = find(name)
      binding.deleteTensor(value)
      variables.delete(name)
      bytes -= 4 * sizeOf(shape)
    },
    get bytes() {
      return bytes
    },
    get: (name) => find(name).value,
    replace,
    dispose() {
      for (const { value } of variables.values()) binding.deleteTensor(value)
      variables.clear()
      bytes = 0
    },
  }
}
