import type { EmbeddingEmission, ObjectiveEmission } from '../../../plan/objective.js'
import type { Random } from '../../../random/random.js'
import type { Effect, ReadVariable } from '../../../training/effect.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { CostContext } from '../costs/cost.js'
import type { Evidence, SelectedOptions } from '../derivations/derivation.js'
import type { ArgumentReader } from '../reader.js'
import type { ComponentUse } from '../component-use.js'

/** What a step minimises. */
export interface Objective {
  readonly emission: ObjectiveEmission
  /** Label smoothing that a retraining takes over from it, 0..1; absent: it has no labels. */
  readonly smoothing?: number
  /** A sampler of one pass, named after it, whose logits the objective reads: it says nothing at that pass itself. */
  readonly teacher?: ComponentUse
  /** What it does to variables that nothing trains, before every step. */
  effect?(draws: DrawContext): Effect
  readonly contrast?: Contrast
}

/** Of an objective that compares what passes make of images with what a teacher makes of other views of them: its keys. */
export interface Contrast {
  /** By which a pass and a teacher embed. */
  readonly embedding: EmbeddingEmission
  /** Passes that a step must have at least. */
  readonly passes: number
  /** Keys of earlier steps that are compared with. */
  readonly queue: number
  /** New values of variables that nothing trains, when the passes of a step are done. */
  readonly after: (step: KeyStep) => ReadonlyMap<string, Float32Array>
}

/** The keys of a step, which the teacher has made. */
export interface KeyStep {
  readonly at: TrainingPosition
  readonly read: ReadVariable
  /** Of every pass: [batch, dimensions]. */
  readonly keys: readonly Float32Array[]
}

/** What an objective may ask between two steps. */
export interface DrawContext {
  /** A stream for what objectives draw. */
  readonly random: Random
  /** What the relaxations think of the options, without noise, as the variables stand. */
  evidence(read: ReadVariable, at: TrainingPosition): Evidence
  /** What the search would derive from evidence. */
  derive(evidence: Evidence): SelectedOptions
}

/** The use of an objective in a search. */
export interface ObjectiveContext extends CostContext {
  /** Its name among the objectives of the search: `sampled`, `sampled[2]`. */
  readonly name: string
}

export type ObjectiveComponent = (read: ArgumentReader, context: ObjectiveContext) => Objective
