import type { Tensor } from '@tensorflow/tfjs-core'
import type { VariableStore } from '../engine/engine.js'
import { openVariableTable } from '../engine/variable-table.js'
import type { Binding, TensorId } from './binding.js'

export interface TensorflowVariables extends VariableStore {
  /** The tensor that holds the value of a variable now. */
  get(name: string): TensorId
  /** Takes over a new value and frees the old one. */
  replace(name: string, value: TensorId): void
  dispose(): void
}

/** Variables are tensors, which never change: an update puts another in the place. */
export function openTensorflowVariables(
  binding: Binding,
  share: (value: TensorId, shape: readonly number[]) => Tensor,
): TensorflowVariables {
  const table = openVariableTable<TensorId>()
  // TensorFlow may keep the memory that it is given.
  const tensorOf = (shape: readonly number[], data: Float32Array): TensorId =>
    binding.createTensor(shape, binding.TF_FLOAT, data.slice())
  const replace = (name: string, value: TensorId): void => {
    binding.deleteTensor(table.replace(name, value))
  }
  return {
    names: () => table.names(),
    has: (name) => table.has(name),
    shape: (name) => table.shape(name),
    create(name, shape, data) {
      table.create(name, shape, data, () => tensorOf(shape, data))
    },
    read: (name) => Float32Array.from(binding.tensorDataSync(table.get(name))),
    write(name, data) {
      table.demandLength(name, data)
      replace(name, tensorOf(table.shape(name), data))
    },
    tensor: (name) => share(table.get(name), table.shape(name)),
    delete(name) {
      binding.deleteTensor(table.delete(name))
    },
    get bytes() {
      return table.bytes()
    },
    get: (name) => table.get(name),
    replace,
    dispose() {
      for (const value of table.clear()) binding.deleteTensor(value)
    },
  }
}
