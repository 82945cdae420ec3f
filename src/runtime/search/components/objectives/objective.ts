import type { ObjectiveEmission } from '../../../plan/objective.js'
import type { ArgumentReader } from '../reader.js'

/** What a step minimises. */
export interface Objective {
  readonly emission: ObjectiveEmission
  /** Label smoothing that a retraining takes over from it, 0..1; absent: it has no labels. */
  readonly smoothing?: number
}

export type ObjectiveComponent = (read: ArgumentReader) => Objective
