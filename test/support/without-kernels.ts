import { definitionOf, operations } from '../../src/runtime/operations/index.js'
import type { OperationDefinition } from '../../src/runtime/operations/support/definition.js'
import type { Program } from '../../src/runtime/program/program.js'

/**
 * The same program in which operations (all of them, if not told which) bear names that engines have no kernels for: they
 * run their reference implementations.
 */
export function withoutKernels(program: Program, concerns: (position: number) => boolean = () => true): Program {
  const renamed = program.operations.map((operation, position) =>
    concerns(position) ? { ...operation, operation: twinOf(operation.operation) } : operation,
  )
  return { ...program, operations: renamed }
}

/** Adds an operation to the table, for the tests of one file. */
export function addOperation(definition: OperationDefinition): void {
  Object.assign(operations, { [definition.name]: definition })
}

function twinOf(operation: string): string {
  const name = `reference_${operation}`
  addOperation({ ...definitionOf(operation), name })
  return name
}
