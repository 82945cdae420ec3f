import type { Data, OperationDefinition } from '../../../operations/support/definition.js'
import { at, sizeOf } from '../../../operations/support/element.js'
import type { TensorId } from '../binding.js'
import type { TensorflowKernel } from '../kernel.js'

/** An operation that TensorFlow has not got: tensors are read, its reference implementation runs, and tensors are made of its results. */
export function referenceKernel(definition: OperationDefinition): TensorflowKernel {
  return {
    bind({ binding }, { attributes, inputs, outputs }) {
      const read = (tensor: TensorId): Data => {
        const data = binding.tensorDataSync(tensor)
        // A copy, which the reference may update.
        return data instanceof Int32Array ? Int32Array.from(data) : Float32Array.from(data)
      }
      const shapes = { inputs, outputs }
      return (...tensors) => {
        const from = tensors.map(read)
        const to = outputs.map((shape) => new Float32Array(sizeOf(shape)))
        definition.reference(from, to, shapes, attributes)
        const made = to.map((data, i) => binding.createTensor(at(outputs, i), binding.TF_FLOAT, data))
        const updated = (definition.updates ?? []).map((position) =>
          binding.createTensor(at(inputs, position), binding.TF_FLOAT, Float32Array.from(at(from, position))),
        )
        return [...made, ...updated]
      }
    },
  }
}
