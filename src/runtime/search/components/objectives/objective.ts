import type { ArgumentReader } from '../reader.js'

/** What a step minimises, as the plan of a step says it. */
export interface Objective {
  /** Label smoothing of the cross-entropy, 0..1. */
  readonly smoothing: number
}

export type ObjectiveComponent = (read: ArgumentReader) => Objective
