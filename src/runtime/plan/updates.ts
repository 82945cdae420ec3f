import type { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { decayOf, type OptimiserSpec, type UpdateSpec, type VariableSpec } from './step-spec.js'
import type { StepVariables } from './variables.js'

/** A variable that the step moves, and its gradient. */
export interface Trained {
  readonly variable: VariableSpec
  readonly gradient: ValueId
}

/** Whether a variable is one of those that training moves. */
export function isWanted({ role }: VariableSpec, which: 'weights' | 'choices' | 'all'): boolean {
  switch (role) {
    case 'kernel':
    case 'bias':
    case 'scale':
    case 'shift':
      return which !== 'choices'
    case 'choice':
      return which !== 'weights'
    default:
      return false
  }
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
  const clip = update.clip === undefined ? [] : [builder.one('clip_scale', gradients, { norm: update.clip })]
  const rate = builder.input('learningRate', [])
  for (const { variable, gradient } of trained) {
    const state = stateOf(update.optimiser).map(({ suffix, role }) =>
      variables.declare(builder, { name: `${variable.name}#${suffix}`, shape: variable.shape, init: 'zeros', role }),
    )
    const moved = [builder.variable(variable.name, variable.shape), ...state, gradient, rate]
    emitUpdate(builder, update.optimiser, decayOf(update.optimiser, variable.role), moved, clip)
  }
  builder.origin = undefined
  builder.phase = 'forward'
}

function emitUpdate(
  builder: ProgramBuilder,
  optimiser: OptimiserSpec,
  decay: number,
  moved: readonly ValueId[],
  clip: readonly ValueId[],
): void {
  const clipped = clip.length > 0
  switch (optimiser.kind) {
    case 'sgd': {
      const { momentum, nesterov } = optimiser
      builder.emit('sgd', [...moved, ...clip], { momentum, decay, nesterov, clipped })
      break
    }
    case 'adam': {
      const { beta1, beta2, epsilon } = optimiser
      builder.emit('adam', [...moved, builder.input('step', []), ...clip], { beta1, beta2, epsilon, decay, clipped })
      break
    }
  }
}

/** What optimisers keep of a variable, in variables of the same shape `<variable>#<state>`. */
export const optimiserState = ['velocity', 'first', 'second'] as const

function stateOf(optimiser: OptimiserSpec) {
  switch (optimiser.kind) {
    case 'sgd':
      return [{ suffix: 'velocity', role: 'velocity' }] as const
    case 'adam':
      return [
        { suffix: 'first', role: 'first' },
        { suffix: 'second', role: 'second' },
      ] as const
  }
}
