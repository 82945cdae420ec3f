import type { Operation, Program, ValueId } from '../program/program.js'
import type { Pass } from './pass.js'

/**
 * Adds a gradient to what is accumulated as soon as it is there, so that the gradients of a pass need not all be held until
 * its end beside the variables that they are added to.
 */
export const earlyAccumulation: Pass = {
  name: 'early-accumulation',
  run(program) {
    const due = accumulationsByMaker(program)
    if (due.size === 0) return program
    const moved = new Set([...due.values()].flat())
    return {
      ...program,
      operations: program.operations.flatMap((operation) =>
        moved.has(operation) ? [] : [operation, ...(due.get(operation) ?? [])],
      ),
    }
  },
}

/** Accumulations that may follow the operation of the backward pass that makes what they add. */
function accumulationsByMaker({ operations }: Program): ReadonlyMap<Operation, readonly Operation[]> {
  const makers = new Map<ValueId, Operation>()
  const uses = new Map<ValueId, number>()
  for (const operation of operations) {
    for (const id of operation.outputs) makers.set(id, operation)
    for (const id of new Set(operation.inputs)) uses.set(id, (uses.get(id) ?? 0) + 1)
  }
  const due = new Map<Operation, readonly Operation[]>()
  for (const operation of operations) {
    const [variable = -1, value = -1] = operation.inputs
    const maker = makers.get(value)
    // Who else reads the variable must still see it as it was.
    if (operation.operation !== 'accumulate' || maker?.phase !== operation.phase || uses.get(variable) !== 1) continue
    due.set(maker, [...(due.get(maker) ?? []), operation])
  }
  return due
}
