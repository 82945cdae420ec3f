import * as tf from '@tensorflow/tfjs-core'
import { sizeOf } from '../../operations/support/element.js'
import type { VariableStore } from '../engine.js'
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
  const tensors = new Map<string, tf.Tensor>()
  const get = (name: string): tf.Tensor => {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`there is no variable '${name}'`)
    return tensor
  }
  const view = (name: string): Float32Array => {
    const tensor = get(name)
    return memory.floats(memory.addressOf(tensor), tensor.size)
  }
  let bytes = 0
  return {
    names: () => [...tensors.keys()],
    has: (name) => tensors.has(name),
    shape: (name) => get(name).shape,
    create(name, shape, data) {
      if (tensors.has(name)) throw new Error(`variable '${name}' exists`)
      demandLength(name, sizeOf(shape), data)
      makeWay()
      tensors.set(name, tf.keep(tf.engine().makeTensor(data, [...shape], 'float32', memory.backend)))
      bytes += data.byteLength
    },
    read: (name) => view(name).slice(),
    write(name, data) {
      const target = view(name)
      demandLength(name, target.length, data)
      target.set(data)
    },
    tensor(name) {
      // A second tensor over the same data, which the caller may dispose of. (`clone` copies on this backend.)
      const { dataId, shape, dtype } = get(name)
      memory.backend.incRef(dataId)
      return tf.engine().makeTensorFromTensorInfo({ dataId, shape, dtype }, memory.backend)
    },
    delete(name) {
      const tensor = get(name)
      bytes -= 4 * tensor.size
      tensor.dispose()
      tensors.delete(name)
    },
    get bytes() {
      return bytes
    },
    address: (name) => memory.addressOf(get(name)),
    dispose() {
      for (const tensor of tensors.values()) tensor.dispose()
      tensors.clear()
      bytes = 0
    },
  }
}

/** Throws an Error unless `data` has as many elements as the variable. */
export function demandLength(name: string, size: number, data: ArrayLike<number>): void {
  if (data.length !== size) {
    throw new Error(`variable '${name}' has ${String(size)} elements, not ${String(data.length)}`)
  }
}
