import * as tf from '@tensorflow/tfjs-core'
import type { VariableStore } from '../engine/engine.js'
import { openVariableTable } from '../engine/variable-table.js'
import type { WasmMemory } from './memory.js'

export interface WasmVariables extends VariableStore {
  /** Address of a variable's data; it stays as long as the variable. */
  address(name: string): number
  dispose(): void
}

/**
 * Variables are tensors of tfjs, so that `tensor` shares their memory.
 *
 * @param makeWay is called before a variable takes its place in the memory
 */
export function openWasmVariables(memory: WasmMemory, makeWay: () => void): WasmVariables {
  const table = openVariableTable<tf.Tensor>()
  const view = (name: string): Float32Array => {
    const tensor = table.get(name)
    return memory.floats(memory.addressOf(tensor), tensor.size)
  }
  return {
    names: () => table.names(),
    has: (name) => table.has(name),
    shape: (name) => table.shape(name),
    create(name, shape, data) {
      table.create(name, shape, data, () => {
        makeWay()
        return tf.keep(tf.engine().makeTensor(data, [...shape], 'float32', memory.backend))
      })
    },
    read: (name) => view(name).slice(),
    write(name, data) {
      table.demandLength(name, data)
      view(name).set(data)
    },
    tensor(name) {
      // A second tensor over the same data, which the caller may dispose of. (`clone` copies on this backend.)
      const { dataId, shape, dtype } = table.get(name)
      memory.backend.incRef(dataId)
      return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, memory.backend)
    },
    delete(name) {
      table.delete(name).dispose()
    },
    get bytes() {
      return table.bytes()
    },
    address: (name) => memory.addressOf(table.get(name)),
    dispose() {
      for (const tensor of table.clear()) tensor.dispose()
    },
  }
}
