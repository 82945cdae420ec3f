import type { TeacherEmission } from '../../../plan/teacher.js'
import type { ArgumentReader } from '../reader.js'

/** A copy of the supernet without gradients, which starts as the supernet and follows it. */
export interface Teacher {
  readonly emission: TeacherEmission
  /** Before the teacher embeds the images of a pass, the weights of all networks of the step move; else those of this pass alone. */
  readonly followsStep: boolean
}

export type TeacherComponent = (read: ArgumentReader) => Teacher
