import type { OperationName } from '../operations/index.js'
import { at } from '../operations/support/element.js'
import { operationLike, type Program } from '../program/program.js'
import type { Pass } from './pass.js'
import { hasAny, rewrite } from './rewrite.js'

const scalings: ReadonlySet<string> = new Set(['scale_by_entry'])

/**
 * Moves the weight of an alternative to the end of its gradient: what `scale_by_entry` makes is read by linear
 * operations only, so these may read what it was made of, and their results are scaled instead. The scaled maps vanish:
 * the gradients of kernels are small, and the gradient of the state that the alternatives read is a sum, which becomes a
 * weighted sum for nothing.
 */
export const lateScaling: Pass = {
  name: 'late-scaling',
  run(program) {
    if (!hasAny(program, scalings)) return program
    const movable = valuesReadLinearly(program)
    return rewrite(program, linearOperations, (operation, context) => {
      const position = linear.get(operation.operation)
      const input = position === undefined ? undefined : operation.inputs[position]
      if (input === undefined || movable[input] !== 1) return undefined
      const scaling = context.producer(input)
      if (scaling?.operation !== 'scale_by_entry') return undefined
      const weights = scaling.inputs[0]
      const unscaled = scaling.inputs[1]
      if (weights === undefined || unscaled === undefined) return undefined
      const results = operation.outputs.map((output) => context.temporary(context.shape(output)))
      const inputs = operation.inputs.map((each, i) => (i === position ? unscaled : each))
      const operations = [operationLike(operation, { inputs, outputs: results })]
      for (let i = 0; i < results.length; i++) {
        const scaled = { inputs: [weights, at(results, i)], outputs: [at(operation.outputs, i)] }
        operations.push(
          operationLike(operation, { operation: 'scale_by_entry', ...scaled, attributes: scaling.attributes }),
        )
      }
      return { operations }
    })
  },
}

/** The position of the input in which an operation is linear: twice the input, twice every output. */
const linear: ReadonlyMap<string, number> = new Map<OperationName, number>([
  ['batch_norm_train_gradient', 1],
  ['conv2d_input_gradient', 0],
  ['conv2d_filter_gradient', 1],
  ['depthwise2d_input_gradient', 0],
  ['depthwise2d_filter_gradient', 1],
  ['relu_gradient', 0],
  ['max_pool2d_gradient', 2],
  ['avg_pool2d_gradient', 0],
  ['global_avg_pool_gradient', 0],
  ['shift2d', 0],
  ['slice_channels', 0],
  ['pad_channels', 0],
  ['reshape', 0],
  ['drop_path', 0],
])
const linearOperations: ReadonlySet<string> = new Set(linear.keys())

/** By value, 0 if it is an output or an operation reads it where it is not linear. */
function valuesReadLinearly({ values, operations, outputs }: Program): Uint8Array {
  const movable = new Uint8Array(values.length).fill(1)
  for (const id of Object.values(outputs)) movable[id] = 0
  for (let index = 0; index < operations.length; index++) {
    const { operation, inputs } = at(operations, index)
    const position = linear.get(operation)
    for (let i = 0; i < inputs.length; i++) if (i !== position) movable[inputs[i] ?? 0] = 0
  }
  return movable
}
