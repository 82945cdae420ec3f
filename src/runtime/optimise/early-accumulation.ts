import { at } from '../operations/support/element.js'
import type { Operation, Program } from '../program/program.js'
import { readersOf } from '../program/readers.js'
import type { Pass } from './pass.js'
import { hasAny } from './rewrite.js'

const accumulations: ReadonlySet<string> = new Set(['accumulate'])

/**
 * Adds a gradient to what is accumulated as soon as it is there, so that the gradients of a pass need not all be held until
 * its end beside the variables that they are added to.
 */
export const earlyAccumulation: Pass = {
  name: 'early-accumulation',
  run(program) {
    if (!hasAny(program, accumulations)) return program
    const due = accumulationsByMaker(program)
    const moved = new Set([...due.values()].flat())
    return {
      ...program,
      operations: program.operations.flatMap((operation) => {
        const after = due.get(operation)
        return after === undefined ? (moved.has(operation) ? [] : operation) : [operation, ...after]
      }),
    }
  },
}

/** Accumulations that may follow the operation of the backward pass that makes what they add. */
function accumulationsByMaker(program: Program): ReadonlyMap<Operation, readonly Operation[]> {
  const readers = readersOf(program)
  const makers = new Array<Operation | undefined>(program.values.length).fill(undefined)
  program.operations.forEach((operation) => {
    operation.outputs.forEach((id) => (makers[id] = operation))
  })
  const due = new Map<Operation, Operation[]>()
  program.operations.forEach((operation) => {
    if (!accumulations.has(operation.operation)) return
    const maker = makers[at(operation.inputs, 1)]
    // Who else reads the variable must still see it as it was.
    if (maker?.phase !== operation.phase || readers(at(operation.inputs, 0)).length !== 1) return
    const others = due.get(maker)
    if (others === undefined) due.set(maker, [operation])
    else others.push(operation)
  })
  return due
}
