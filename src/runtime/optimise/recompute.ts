import { booleanOf, numberOf } from '../operations/support/attribute.js'
import { at, sizeOf } from '../operations/support/element.js'
import { operationLike, type Operation, type Program, type Value, type ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/** Beyond so many bytes it is worth the time: two or three passes over memory for every map. */
const worthwhileBytes = 256 * 2 ** 20
/** So it is where the step keeps so much less for its backward pass, if that is anything to speak of. */
const worthwhileShare = 0.2
const leastBytes = 4 * 2 ** 20

/**
 * Computes maps anew in the backward pass that are cheap to have from what is kept for it anyway: activations, outputs of
 * batch norms (by the statistics of the forward pass), shifted and masked maps, and chains of these. It acts where it saves more than
 * 256 MiB, or more than a fifth of all maps that are kept and 4 MiB: in a supernet most of these are outputs of convolutions, in a
 * network that was derived, or is masked, they are not. At the paper's batch of 64 the DARTS supernet so fits under the
 * 4 GiB that WebAssembly can address.
 */
export const recompute: Pass = recomputeWhere(
  (saved, kept) => saved > worthwhileBytes || saved > Math.max(leastBytes, worthwhileShare * kept),
)

/** The pass, acting where it is worth it to keep so many bytes less of those that are kept. */
export function recomputeWhere(isWorthwhile: (saved: number, kept: number) => boolean): Pass {
  return {
    name: 'recompute',
    run(program) {
      const facts = factsOf(program)
      const cheap = cheapMaps(program, facts)
      let saved = 0
      let kept = 0
      for (let id = 0; id < program.values.length; id++) {
        if ((facts.needed[id] ?? -1) < 0 || facts.producers[id] === undefined) continue
        const bytes = 4 * sizeOf(at(program.values, id).shape)
        kept += bytes
        if (cheap.has(id)) saved += bytes
      }
      return isWorthwhile(saved, kept) ? apply(program, facts, cheap) : program
    },
  }
}

/** By value, what is known of it; -1 where there is nothing. */
interface Facts {
  /** The operation of the forward pass that makes it. */
  readonly producers: readonly (Operation | undefined)[]
  /** Position of the first operation behind the forward pass that reads it. */
  readonly needed: Int32Array
  /** Position of the last operation that reads it. */
  readonly last: Int32Array
}

function factsOf({ values, operations }: Program): Facts {
  const producers = new Array<Operation | undefined>(values.length).fill(undefined)
  const needed = new Int32Array(values.length).fill(-1)
  const last = new Int32Array(values.length).fill(-1)
  for (let position = 0; position < operations.length; position++) {
    const operation = at(operations, position)
    const { inputs, outputs } = operation
    const isForward = operation.phase === 'forward'
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i] ?? 0
      last[input] = position
      if (!isForward && needed[input] === -1) needed[input] = position
    }
    if (!isForward) continue
    for (let i = 0; i < outputs.length; i++) producers[outputs[i] ?? 0] = operation
  }
  return { producers, needed, last }
}

/** The map that a cheap operation reads. */
function sourceOf(operation: Operation | undefined, output: ValueId): ValueId | undefined {
  switch (operation?.operation) {
    case 'relu':
    case 'activation':
    case 'shift2d':
    // Its factors are small, and the gradient of the map reads them.
    case 'scale_channels':
      return operation.inputs[0]
    case 'batch_norm_train':
      // Its statistics are its other outputs, and small.
      return output === operation.outputs[0] ? operation.inputs[0] : undefined
    default:
      return undefined
  }
}

/** Maps of the forward pass that the backward pass can have from others that are still alive when it needs them. */
function cheapMaps(program: Program, { producers, needed, last }: Facts): ReadonlySet<ValueId> {
  const supplied = new Set(Object.values(program.outputs))
  const cheap = new Set<ValueId>()
  const isAlive = (id: ValueId, position: number): boolean => !cheap.has(id) && at(last, id) > position
  const hasRoot = (id: ValueId, position: number): boolean => {
    const source = sourceOf(producers[id], id)
    return source !== undefined && (isAlive(source, position) || hasRoot(source, position))
  }
  for (let index = 0; index < program.operations.length; index++) {
    const { phase, outputs } = at(program.operations, index)
    if (phase !== 'forward') break
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs[i] ?? 0
      const position = needed[output] ?? -1
      if (position >= 0 && !supplied.has(output) && hasRoot(output, position)) cheap.add(output)
    }
  }
  return cheap
}

function apply(program: Program, { producers, needed, last }: Facts, cheap: ReadonlySet<ValueId>): Program {
  const values: Value[] = [...program.values]
  const copies = new Map<ValueId, ValueId>()
  /** The value as it can be had at a position; what must be computed for it goes into `before`. */
  const have = (id: ValueId, position: number, before: Operation[]): ValueId => {
    const copy = copies.get(id)
    if (copy !== undefined && at(last, id) >= position) return copy
    const producer = producers[id]
    const source = sourceOf(producer, id)
    const isAlive = !cheap.has(id) && at(last, id) >= position
    if (producer === undefined || source === undefined || isAlive) return id
    const input = have(source, position, before)
    const output = values.length
    const { shape, dtype } = at(values, id)
    values.push({ id: output, shape, dtype, kind: 'temporary' })
    before.push(again(producer, input, output))
    return output
  }

  const due = new Map<number, ValueId[]>()
  for (const id of cheap) {
    const position = at(needed, id)
    const others = due.get(position)
    if (others === undefined) due.set(position, [id])
    else others.push(id)
  }
  const operations: Operation[] = []
  program.operations.forEach((operation, position) => {
    due.get(position)?.forEach((id) => copies.set(id, have(id, position, operations)))
    const isRenamed = copies.size > 0 && operation.inputs.some((input) => copies.has(input))
    operations.push(
      isRenamed
        ? operationLike(operation, { inputs: operation.inputs.map((input) => copies.get(input) ?? input) })
        : operation,
    )
  })
  return { values, operations, outputs: program.outputs }
}

function again(operation: Operation, input: ValueId, output: ValueId): Operation {
  const { inputs, outputs, attributes } = operation
  if (operation.operation !== 'batch_norm_train') {
    return operationLike(operation, { phase: 'backward', inputs: [input, ...inputs.slice(1)], outputs: [output] })
  }
  return operationLike(operation, {
    operation: 'batch_norm_inference',
    inputs: [input, at(outputs, 1), at(outputs, 2), ...inputs.slice(1)],
    outputs: [output],
    attributes: { epsilon: numberOf(attributes, 'epsilon'), affine: booleanOf(attributes, 'affine') },
    phase: 'backward',
  })
}
