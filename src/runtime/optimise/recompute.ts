import { booleanOf, numberOf } from '../operations/attribute.js'
import { at, sizeOf } from '../operations/element.js'
import type { Operation, Program, Value, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/** Less than this is not worth the time: two passes over memory for every map. */
const worthwhileBytes = 256 * 2 ** 20

/**
 * Computes activations anew in the backward pass, from what is kept for it anyway: the input of the activation, or the
 * input and the statistics of the batch norm before it. At the paper's batch of 64 the peak of the DARTS supernet falls
 * from 4.1 to 3.5 GB, under the 4 GiB that WebAssembly can address.
 */
export const recompute: Pass = recomputeAbove(worthwhileBytes)

/** The pass, acting where it saves more than so many bytes. */
export function recomputeAbove(bytes: number): Pass {
  return {
    name: 'recompute',
    run(program) {
      const turn = program.operations.findIndex(({ operation }) => operation === 'softmax_cross_entropy_gradient')
      if (turn < 0) return program
      const plans = plansOf(program, turn)
      const saved = plans.reduce((sum, { activation }) => sum + 4 * sizeOf(program.values[activation]?.shape ?? []), 0)
      return saved > bytes ? apply(program, turn, plans) : program
    },
  }
}

interface Plan {
  readonly activation: ValueId
  /** Position of the first operation of the backward pass that reads it. */
  readonly needed: number
  readonly relu: Operation
  /** The batch norm to compute again before it, where its output is not kept. */
  readonly norm?: Operation
}

/** Activations that are read in both passes and can be had from values that are still needed when they are. */
function plansOf(program: Program, turn: number): readonly Plan[] {
  const producers = new Map<ValueId, Operation>()
  const firstAfterTurn = new Map<ValueId, number>()
  const last = new Map<ValueId, number>()
  program.operations.forEach((operation, position) => {
    for (const input of operation.inputs) {
      last.set(input, position)
      if (position > turn && !firstAfterTurn.has(input)) firstAfterTurn.set(input, position)
    }
    for (const output of operation.outputs) producers.set(output, operation)
  })
  const given = new Set(Object.values(program.outputs))

  return program.operations.slice(0, turn).flatMap((relu): readonly Plan[] => {
    const [activation] = relu.outputs
    const [source] = relu.inputs
    if (relu.operation !== 'relu' || activation === undefined || source === undefined || given.has(activation))
      return []
    const needed = firstAfterTurn.get(activation)
    if (needed === undefined) return []
    const isKept = (id: ValueId | undefined): boolean => id !== undefined && (last.get(id) ?? -1) > needed
    if (isKept(source)) return [{ activation, needed, relu }]
    const norm = producers.get(source)
    return norm?.operation === 'batch_norm_train' && isKept(norm.inputs[0]) ? [{ activation, needed, relu, norm }] : []
  })
}

function apply(program: Program, turn: number, plans: readonly Plan[]): Program {
  const values: Value[] = [...program.values]
  const again = (id: ValueId): ValueId => {
    const { shape, dtype } = at(values, id)
    values.push({ id: values.length, shape, dtype, kind: 'temporary' })
    return values.length - 1
  }
  const renamed = new Map<ValueId, ValueId>()
  const before = new Map<number, Operation[]>()
  for (const { activation, needed, relu, norm } of plans) {
    const copy = again(activation)
    const operations: Operation[] = []
    let inputs = relu.inputs
    if (norm !== undefined) {
      const source = again(activation)
      operations.push({
        ...norm,
        operation: 'batch_norm_inference',
        inputs: [at(norm.inputs, 0), at(norm.outputs, 1), at(norm.outputs, 2), ...norm.inputs.slice(1)],
        outputs: [source],
        attributes: { epsilon: numberOf(norm.attributes, 'epsilon'), affine: booleanOf(norm.attributes, 'affine') },
      })
      inputs = [source]
    }
    operations.push({ ...relu, inputs, outputs: [copy] })
    renamed.set(activation, copy)
    before.set(needed, [...(before.get(needed) ?? []), ...operations])
  }
  const operations = program.operations.flatMap((operation, position) => {
    if (position <= turn || !operation.inputs.some((input) => renamed.has(input))) return [operation]
    const inputs = operation.inputs.map((input) => renamed.get(input) ?? input)
    return [...(before.get(position) ?? []), { ...operation, inputs }]
  })
  return { values, operations, outputs: program.outputs }
}
