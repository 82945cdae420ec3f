import { booleanOf, numberOf } from '../operations/support/attribute.js'
import { at, sizeOf } from '../operations/support/element.js'
import type { Operation, Program, Value, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/** Beyond so many bytes it is worth the time: two or three passes over memory for every map. */
const worthwhileBytes = 256 * 2 ** 20
/** So it is where the step keeps so much less for its backward pass, if that is anything to speak of. */
const worthwhileShare = 0.2
const leastBytes = 4 * 2 ** 20

/**
 * Computes maps anew in the backward pass that are cheap to have from what is kept for it anyway: activations, outputs of
 * batch norms (by the statistics of the forward pass), shifted maps, and chains of these. It acts where it saves more than
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
      const bytes = (ids: Iterable<ValueId>): number =>
        [...ids].reduce((sum, id) => sum + 4 * sizeOf(at(program.values, id).shape), 0)
      const kept = [...facts.needed.keys()].filter((id) => facts.producers.has(id))
      return isWorthwhile(bytes(cheap), bytes(kept)) ? apply(program, facts, cheap) : program
    },
  }
}

interface Facts {
  /** Of the forward pass. */
  readonly producers: ReadonlyMap<ValueId, Operation>
  /** Position of the first operation behind the forward pass that reads a value. */
  readonly needed: ReadonlyMap<ValueId, number>
  /** Position of the last operation that reads it. */
  readonly last: ReadonlyMap<ValueId, number>
}

function factsOf({ operations }: Program): Facts {
  const producers = new Map<ValueId, Operation>()
  const needed = new Map<ValueId, number>()
  const last = new Map<ValueId, number>()
  operations.forEach((operation, position) => {
    for (const input of operation.inputs) {
      last.set(input, position)
      if (operation.phase !== 'forward' && !needed.has(input)) needed.set(input, position)
    }
    if (operation.phase === 'forward') for (const output of operation.outputs) producers.set(output, operation)
  })
  return { producers, needed, last }
}

/** The map that a cheap operation reads. */
function sourceOf(operation: Operation | undefined, output: ValueId): ValueId | undefined {
  switch (operation?.operation) {
    case 'relu':
    case 'activation':
    case 'shift2d':
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
  const isAlive = (id: ValueId, position: number): boolean => !cheap.has(id) && (last.get(id) ?? -1) > position
  const hasRoot = (id: ValueId, position: number): boolean => {
    const source = sourceOf(producers.get(id), id)
    return source !== undefined && (isAlive(source, position) || hasRoot(source, position))
  }
  for (const { outputs, phase } of program.operations) {
    if (phase !== 'forward') break
    for (const output of outputs) {
      const position = needed.get(output)
      if (position !== undefined && !supplied.has(output) && hasRoot(output, position)) cheap.add(output)
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
    if (copy !== undefined && (last.get(id) ?? -1) >= position) return copy
    const producer = producers.get(id)
    const source = sourceOf(producer, id)
    const isAlive = !cheap.has(id) && (last.get(id) ?? -1) >= position
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
    const position = needed.get(id) ?? -1
    due.set(position, [...(due.get(position) ?? []), id])
  }
  const operations = program.operations.flatMap((operation, position) => {
    const before: Operation[] = []
    for (const id of due.get(position) ?? []) copies.set(id, have(id, position, before))
    if (copies.size === 0 || !operation.inputs.some((input) => copies.has(input))) return [...before, operation]
    return [...before, { ...operation, inputs: operation.inputs.map((input) => copies.get(input) ?? input) }]
  })
  return { values, operations, outputs: program.outputs }
}

function again(operation: Operation, input: ValueId, output: ValueId): Operation {
  const { inputs, outputs, attributes } = operation
  if (operation.operation !== 'batch_norm_train') {
    return { ...operation, phase: 'backward', inputs: [input, ...inputs.slice(1)], outputs: [output] }
  }
  return {
    ...operation,
    operation: 'batch_norm_inference',
    inputs: [input, at(outputs, 1), at(outputs, 2), ...inputs.slice(1)],
    outputs: [output],
    attributes: { epsilon: numberOf(attributes, 'epsilon'), affine: booleanOf(attributes, 'affine') },
    phase: 'backward',
  }
}
