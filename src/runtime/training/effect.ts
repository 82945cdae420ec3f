import type { TrainingPosition } from './training-position.js'

/** Values of a variable; `undefined` of one that has none yet. */
export type ReadVariable = (name: string) => Float32Array | undefined

/** What happens to variables between two steps, without a gradient: a function of their values and of the position alone. */
export interface Effect {
  /** New values just before the step at a position, by name of the variable. */
  before(at: TrainingPosition, read: ReadVariable): ReadonlyMap<string, Float32Array>
}
