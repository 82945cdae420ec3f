import { isFusedOperationName } from '../operations/fused.js'
import { definitionOf, isOperationName } from '../operations/index.js'
import { at, sameDims, show } from '../operations/support/element.js'
import { operationPhases, type Operation, type Program, type ValueId } from './program.js'

/**
 * What is wrong with a program: ids, order, phases, shapes, names, updates. Empty if nothing is. Passes of the optimiser rely on
 * all of it, most of all on this: a variable is read by nothing after the operation that updates it.
 */
export function problemsOf(program: Program): readonly string[] {
  return [
    ...problemsOfValues(program),
    ...problemsOfOrder(program),
    ...program.operations.flatMap((operation) => problemsOfOperation(program, operation)),
  ]
}

/** Throws an Error (a defect of the planner or of a pass) if the program is not sound. */
export function validate(program: Program): Program {
  const problems = problemsOf(program)
  if (problems.length > 0) throw new Error(`the tensor program is not sound:\n  ${problems.slice(0, 10).join('\n  ')}`)
  return program
}

function problemsOfValues(program: Program): string[] {
  const problems: string[] = []
  const names = new Set<string>()
  program.values.forEach((value, position) => {
    if (value.id !== position) problems.push(`value ${String(value.id)} stands at ${String(position)}`)
    if (value.kind === 'temporary') return
    const name = `${value.kind} '${value.name ?? ''}'`
    if (value.name === undefined) problems.push(`value ${String(value.id)} has no name`)
    if (names.has(name)) problems.push(`there are two of ${name}`)
    names.add(name)
  })
  return problems
}

function problemsOfOrder(program: Program): string[] {
  const problems: string[] = []
  const ready = new Set<ValueId>(program.values.filter((value) => value.kind !== 'temporary').map((value) => value.id))
  const updated = new Set<ValueId>()
  let reached = 0
  for (const { operation, inputs, outputs, phase, updates } of program.operations) {
    const part = operationPhases.indexOf(phase)
    if (part < reached)
      problems.push(`${operation} of the ${phase} phase comes after the ${at(operationPhases, reached)} phase`)
    reached = Math.max(reached, part)
    for (const input of inputs) {
      if (!ready.has(input)) problems.push(`${operation} reads value ${String(input)} before it is made`)
      if (updated.has(input)) problems.push(`${operation} reads variable ${String(input)} after its update`)
    }
    for (const output of outputs) {
      if (ready.has(output)) problems.push(`${operation} makes value ${String(output)} again`)
      ready.add(output)
    }
    for (const variable of updates) {
      if (!inputs.includes(variable))
        problems.push(`${operation} updates value ${String(variable)}, which it does not read`)
      if (program.values[variable]?.kind !== 'variable')
        problems.push(`${operation} updates value ${String(variable)}, no variable`)
      updated.add(variable)
    }
  }
  for (const [name, id] of Object.entries(program.outputs)) {
    if (!ready.has(id)) problems.push(`output '${name}' is never made`)
  }
  return problems
}

function problemsOfOperation(program: Program, operation: Operation): string[] {
  if (!isOperationName(operation.operation) && !isFusedOperationName(operation.operation))
    return [`there is no operation '${operation.operation}'`]
  const dims = (ids: readonly ValueId[]): (readonly number[])[] => ids.map((id) => program.values[id]?.shape ?? [])
  const found = dims(operation.outputs)
  try {
    const shapes = definitionOf(operation.operation).shapes(dims(operation.inputs), operation.attributes)
    const fits = shapes.length === found.length && shapes.every((shape, i) => sameDims(shape, found[i] ?? []))
    return fits ? [] : [`${operation.operation} makes ${shapes.map(show).join(' ')}, not ${found.map(show).join(' ')}`]
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
