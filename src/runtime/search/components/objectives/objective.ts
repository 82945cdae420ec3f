import type { ObjectiveEmission } from '../../../plan/objective.js'
import type { ArgumentReader } from '../reader.js'
import type { ComponentUse } from '../use.js'

/** What a step minimises. */
export interface Objective {
  readonly emission: ObjectiveEmission
  /** Label smoothing that a retraining takes over from it, 0..1; absent: it has no labels. */
  readonly smoothing?: number
  /** A sampler of one pass, named after it, whose logits the objective reads: it says nothing at that pass itself. */
  readonly teacher?: ComponentUse
}

export type ObjectiveComponent = (read: ArgumentReader) => Objective
