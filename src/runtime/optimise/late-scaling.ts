import type { Operation, Program, ValueId } from '../program/program.js'
import { isOperationName, type OperationName } from '../operations/index.js'
import type { Pass } from './pass.js'
import { rewrite } from './rewrite.js'

/**
 * Moves the weight of an alternative to the end of its gradient: what `scale_by_entry` makes is read by linear
 * operations only, so these may read what it was made of, and their results are scaled instead. The scaled maps vanish:
 * the gradients of kernels are small, and the gradient of the state that the alternatives read is a sum, which becomes a
 * weighted sum for nothing.
 */
export const lateScaling: Pass = {
  name: 'late-scaling',
  run(program) {
    const movable = valuesReadLinearly(program)
    return rewrite(program, (operation, context) => {
      const position = linearInput(operation)
      const input = position === undefined ? undefined : operation.inputs[position]
      if (input === undefined || !movable.has(input)) return undefined
      const scaling = context.producer(input)
      if (scaling?.operation !== 'scale_by_entry') return undefined
      const [weights, unscaled] = scaling.inputs
      if (weights === undefined || unscaled === undefined) return undefined
      const results = operation.outputs.map((output) => context.temporary(context.shape(output)))
      const inputs = operation.inputs.map((each, i) => (i === position ? unscaled : each))
      const scalings = operation.outputs.map((output, i): Operation => ({
        ...operation,
        operation: 'scale_by_entry',
        inputs: [weights, ...results.slice(i, i + 1)],
        outputs: [output],
        attributes: scaling.attributes,
      }))
      return { operations: [{ ...operation, inputs, outputs: results }, ...scalings] }
    })
  },
}

/** The position of the input in which an operation is linear: twice the input, twice every output. */
const linear: Partial<Record<OperationName, number>> = {
  batch_norm_train_gradient: 1,
  conv2d_input_gradient: 0,
  conv2d_filter_gradient: 1,
  depthwise2d_input_gradient: 0,
  depthwise2d_filter_gradient: 1,
  relu_gradient: 0,
  max_pool2d_gradient: 2,
  avg_pool2d_gradient: 0,
  global_avg_pool_gradient: 0,
  shift2d: 0,
  slice_channels: 0,
  pad_channels: 0,
  reshape: 0,
  drop_path: 0,
}

function linearInput({ operation }: Operation): number | undefined {
  return isOperationName(operation) ? linear[operation] : undefined
}

/** Values that are no outputs and that operations read only where they are linear. */
function valuesReadLinearly(program: Program): ReadonlySet<ValueId> {
  const read = new Set<ValueId>()
  const otherwise = new Set<ValueId>(Object.values(program.outputs))
  for (const operation of program.operations) {
    const position = linearInput(operation)
    operation.inputs.forEach((input, i) => (i === position ? read : otherwise).add(input))
  }
  for (const id of otherwise) read.delete(id)
  return read
}
