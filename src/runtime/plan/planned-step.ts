import type { Program } from '../program/program.js'
import { dropPathName } from './lower-network.js'
import type { InputSpec, Step } from './step-spec.js'
import type { StepVariables } from './variables.js'

/**
 * A program with what its caller must know to run it.
 *
 * @param variables those that it was built with; what it names no more is left out
 * @param figures what the objective tells beside its value
 */
export function plannedStep(program: Program, variables: StepVariables, figures: readonly string[] = []): Step {
  const inputs = inputsOf(program)
  return {
    program,
    variables: variables.usedBy(program),
    inputs,
    figures,
    dropPathMasks: inputs.map(({ name }) => name).filter((name) => name.startsWith(dropPathName(''))),
    drops: inputs.flatMap(({ name, shape }) => {
      const rate = variables.drops.get(name)
      return rate === undefined ? [] : [{ name, shape, rate }]
    }),
  }
}

/** Inputs that a program names, in its order. */
export function inputsOf(program: Program): readonly InputSpec[] {
  const inputs: InputSpec[] = []
  program.values.forEach(({ kind, name, shape, dtype }) => {
    if (kind === 'input' && name !== undefined) inputs.push({ name, shape, dtype })
  })
  return inputs
}
