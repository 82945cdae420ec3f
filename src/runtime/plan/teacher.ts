import { ProgramBuilder } from '../program/builder.js'
import type { ValueId } from '../program/program.js'
import { plannedStep } from './planned-step.js'
import type { Step, VariableSpec } from './step-spec.js'
import { copyOf, StepVariables } from './variables.js'
import { isTrainable } from './trainable.js'

/** How a copy of a network follows it. */
export interface TeacherEmission {
  /** Equal for equal emissions: plans are kept by it. */
  readonly key: string
  /** Moves a weight of the copy, `own`, towards that of the network, `followed`. */
  emit(move: { readonly builder: ProgramBuilder; readonly own: ValueId; readonly followed: ValueId }): void
}

/** Begins the names of the weights and statistics of a teacher. */
export const teacherPrefix = 'teacher/'

/**
 * Plans that the weights of a teacher follow. Running statistics are the teacher's own.
 * @param variables of the network; those that are no weights are left out
 */
export function buildFollowStep(variables: readonly VariableSpec[], teacher: TeacherEmission): Step {
  const builder = new ProgramBuilder()
  builder.origin = 'teacher'
  builder.phase = 'update'
  const own = new StepVariables()
  for (const variable of variables.filter((each) => isTrainable(each, 'weights'))) {
    const followed = own.declare(builder, variable)
    teacher.emit({ builder, followed, own: own.declare(builder, copyOf(variable, teacherPrefix)) })
  }
  return plannedStep(builder.build({}), own)
}
