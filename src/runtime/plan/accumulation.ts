import type { ProgramBuilder } from '../program/builder.js'
import type { VariableSpec } from './step-spec.js'
import type { Trained } from './updates.js'
import type { StepVariables } from './variables.js'

const PREFIX = 'gradient/'

/** The variable in which the passes of a step add up the gradients of another. Between steps it is zero. */
export function gradientVariable({ name, shape }: Pick<VariableSpec, 'name' | 'shape'>): VariableSpec {
  return { name: `${PREFIX}${name}`, shape, init: 'zeros', role: 'gradient' }
}

/** Whether a variable of this name holds gradients, which nobody needs to keep beyond a step. */
export function isGradientVariable(name: string): boolean {
  return name.startsWith(PREFIX)
}

/** Adds the gradients to their variables, for `buildUpdateStep` to apply. */
export function emitAccumulations(
  builder: ProgramBuilder,
  variables: StepVariables,
  trained: readonly Trained[],
): void {
  builder.origin = 'accumulate'
  builder.phase = 'backward'
  for (const { variable, gradient } of trained) {
    builder.emit('accumulate', [variables.declare(builder, gradientVariable(variable)), gradient])
  }
  builder.origin = undefined
  builder.phase = 'forward'
}
