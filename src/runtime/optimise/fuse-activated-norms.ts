import { booleanOf, numberOf } from '../operations/support/attribute.js'
import { at } from '../operations/support/element.js'
import { operationLike, type Operation, type Program, type ValueId } from '../program/program.js'
import { readersOf } from '../program/readers.js'
import type { Pass } from './pass.js'

/**
 * A depthwise convolution between a batch norm and its activation, as in the middle of every separable convolution: its
 * kernel copies its input between columns of zeros anyway, and normalises and activates on the way. The normalised and the
 * activated map are never stored, neither forward nor for the filter gradient, and the gradients of activation and norm
 * become one operation. Runs after `dead-code`: what is dead reads too.
 */
export const fuseActivatedNorms: Pass = {
  name: 'fuse-activated-norms',
  needsFusedKernels: true,
  run(program) {
    const chains = chainsOf(program)
    return chains.length === 0 ? program : apply(program, chains)
  },
}

interface Chain {
  readonly norm: Operation
  readonly relu: Operation
  readonly convolutions: readonly Operation[]
  readonly filterGradients: readonly Operation[]
  /** Pairs of relu_gradient and the batch_norm_train_gradient that alone reads it. */
  readonly gradients: readonly { readonly mask: Operation; readonly gradient: Operation }[]
}

function chainsOf(program: Program): readonly Chain[] {
  const norms = new Map<ValueId, Operation>()
  const activations: Operation[] = []
  for (let index = 0; index < program.operations.length; index++) {
    const operation = at(program.operations, index)
    if (operation.operation === 'batch_norm_train') norms.set(at(operation.outputs, 0), operation)
    if (operation.operation === 'relu' && norms.has(at(operation.inputs, 0))) activations.push(operation)
  }
  if (activations.length === 0) return []
  const supplied = new Set(Object.values(program.outputs))
  const readers = readersOf(program)
  return activations.flatMap((relu): Chain | readonly Chain[] => {
    const normal = at(relu.inputs, 0)
    const activation = at(relu.outputs, 0)
    const norm = norms.get(normal)
    if (norm === undefined || supplied.has(normal) || supplied.has(activation) || readers(normal).length !== 1)
      return []
    const all = readers(activation)
    const reading = (name: string, position: number): readonly Operation[] =>
      all.filter(
        ({ operation, inputs }) =>
          operation === name && inputs.every((input, i) => (input === activation) === (i === position)),
      )
    const convolutions = reading('depthwise2d', 0)
    const filterGradients = reading('depthwise2d_filter_gradient', 0)
    const masks = reading('relu_gradient', 1)
    if (convolutions.length === 0 || convolutions.length + filterGradients.length + masks.length !== all.length)
      return []
    const gradients = masks.flatMap((mask) => {
      const masked = at(mask.outputs, 0)
      const [gradient, ...others] = readers(masked)
      const belongs =
        gradient?.operation === 'batch_norm_train_gradient' &&
        others.length === 0 &&
        !supplied.has(masked) &&
        gradient.inputs[0] === norm.inputs[0] &&
        gradient.inputs[1] === masked &&
        gradient.inputs[2] === norm.outputs[1] &&
        booleanOf(gradient.attributes, 'affine') === booleanOf(norm.attributes, 'affine')
      return belongs ? [{ mask, gradient }] : []
    })
    return gradients.length === masks.length ? { norm, relu, convolutions, filterGradients, gradients } : []
  })
}

function apply(program: Program, chains: readonly Chain[]): Program {
  const replaced = new Map<Operation, readonly Operation[]>()
  for (const { norm, relu, convolutions, filterGradients, gradients } of chains) {
    const [x, ...scaleAndShift] = norm.inputs
    if (x === undefined) throw new Error('a batch norm of nothing')
    const statistics = [at(norm.outputs, 1), at(norm.outputs, 3), ...scaleAndShift]
    const affine = booleanOf(norm.attributes, 'affine')
    const overX = (operation: Operation, other: ValueId): readonly Operation[] => [
      operationLike(operation, {
        operation: `norm_relu_${operation.operation}`,
        inputs: [x, other, ...statistics],
        attributes: { ...operation.attributes, affine },
      }),
    ]
    replaced.set(norm, [
      operationLike(norm, {
        operation: 'batch_norm_statistics',
        inputs: [x],
        outputs: norm.outputs.slice(1),
        attributes: { epsilon: numberOf(norm.attributes, 'epsilon') },
      }),
    ])
    replaced.set(relu, [])
    for (const each of [...convolutions, ...filterGradients]) replaced.set(each, overX(each, at(each.inputs, 1)))
    for (const { mask, gradient } of gradients) {
      replaced.set(mask, [])
      replaced.set(gradient, [
        operationLike(gradient, {
          operation: 'batch_norm_relu_train_gradient',
          inputs: [x, at(mask.inputs, 0), ...statistics],
        }),
      ])
    }
  }
  return { ...program, operations: program.operations.flatMap((operation) => replaced.get(operation) ?? operation) }
}
