import { ProgramBuilder } from '../program/builder.js'
import { gradientVariable } from './accumulation.js'
import { plannedStep } from './planned-step.js'
import type { Step, UpdateSpec, VariableSpec } from './step-spec.js'
import { emitUpdates } from './updates.js'
import { StepVariables } from './variables.js'
import { isTrainable } from './trainable.js'

/**
 * Plans the end of a step of several passes: clips the gradients that the passes have accumulated by their norm over all of
 * them, moves every variable along its own, and clears them. After a single pass it does what an update in that pass would.
 *
 * @param variables those of all passes of the step: what is moved are those of the update's kind whose gradients are there
 */
export function buildUpdateStep(variables: readonly VariableSpec[], update: UpdateSpec): Step {
  const builder = new ProgramBuilder()
  const own = new StepVariables()
  const names = new Set(variables.map(({ name }) => name))
  const moved = variables.filter(
    (variable) => isTrainable(variable, update.variables) && names.has(gradientVariable(variable).name),
  )
  const trained = moved.map((variable) => {
    own.declare(builder, variable)
    return { variable, gradient: own.declare(builder, gradientVariable(variable)) }
  })
  emitUpdates(builder, own, trained, update)
  builder.origin = 'update'
  builder.phase = 'update'
  for (const { gradient } of trained) builder.emit('clear', [gradient])
  return plannedStep(builder.build({}), own)
}
