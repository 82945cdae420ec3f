import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { decayOf } from './optimiser.js'
import type { UpdateSpec, VariableSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/** A variable that the step moves, and its gradient. */
export interface Trained {
  readonly variable: VariableSpec
  readonly gradient: ValueId
}

/** Clips the gradients by value and by their global norm, if the update asks for it, and moves every variable along its own. */
export function emitUpdates(
  builder: ProgramBuilder,
  variables: StepVariables,
  unclipped: readonly Trained[],
  update: UpdateSpec,
): void {
  if (unclipped.length === 0) return
  builder.origin = 'update'
  builder.phase = 'update'
  const { clipValue: limit } = update
  const trained =
    limit === undefined
      ? unclipped
      : unclipped.map(({ variable, gradient }) => ({
          variable,
          gradient: builder.one('clip_value', [gradient], { limit }),
        }))
  const gradients = trained.map(({ gradient }) => gradient)
  const clip = update.clip === undefined ? undefined : builder.one('clip_scale', gradients, { norm: update.clip })
  const rate = builder.input('learningRate', [])
  const { optimiser } = update
  for (const { variable, gradient } of trained) {
    const { name, shape } = variable
    const state = optimiser.state.map((suffix) =>
      variables.declare(builder, { name: stateName(name, suffix), shape, init: 'zeros', role: 'state' }),
    )
    optimiser.emit({
      builder,
      state,
      gradient,
      rate,
      variable: builder.variable(name, shape),
      decay: decayOf(optimiser, variable.role),
      ...(clip !== undefined && { clip }),
    })
  }
  builder.origin = undefined
  builder.phase = 'forward'
}

const stateMark = '#'

function stateName(variable: string, suffix: string): string {
  return `${variable}${stateMark}${suffix}`
}

/** Whether a variable of this name is what an optimiser keeps of another. */
export function isOptimiserState(name: string): boolean {
  return name.includes(stateMark)
}
