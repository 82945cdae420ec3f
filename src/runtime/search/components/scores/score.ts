import type { EvaluationScore } from '../../../training/evaluation.js'
import type { NamedAugmentation } from '../../../data/augmentation.js'
import type { OptimiserEmission } from '../../../plan/optimiser.js'
import type { Random } from '../../../random/random.js'
import type { NamedFile } from '../named-file.js'
import type { ArgumentReader } from '../reader.js'
import type { SampledSpace, Selection } from '../samplers/sampler.js'
import type { Schedule } from '../schedules/schedule.js'

/** What an architecture is judged by. */
export type Score = EvaluatedScore | RecordedScore | TrainedScore | PredictedScore

interface Measured {
  /** What is judged by, by the name under which the run tells it. */
  readonly measure: string
  readonly better: 'higher' | 'lower'
}

/** A network with the weights of the supernet, on images that trained nothing. */
export interface EvaluatedScore extends Measured {
  readonly kind: 'evaluated'
  value(evaluation: EvaluationScore): number
  /** Images that are looked at; absent: all of the validation split. */
  readonly images?: 'batch'
  /** How a classifier is trained before anything is judged, behind the supernet, which stays as it is. */
  readonly probe?: Probe
  /** Training images that the statistics of batch norms are measured on; absent: so many batches as the search says. */
  readonly calibration?: number
}

/** One classifier for all architectures. */
export interface Probe {
  readonly epochs: number
  /** Images per step. */
  readonly batch: number
  readonly optimiser: OptimiserEmission
  readonly learningRate: Schedule
  readonly augmentations: readonly NamedAugmentation[]
  /** The architecture of a step. */
  draw(space: SampledSpace, random: Random): Selection
}

/** A table that says what architectures came to: nothing is trained, and there is no supernet. */
export interface RecordedScore extends Measured {
  readonly kind: 'recorded'
  readonly file: NamedFile
  readonly column: string
}

/** A network that is trained from scratch by itself, on the images of the weights: there is no supernet. */
export interface TrainedScore extends Measured {
  readonly kind: 'standalone'
  /** Of a whole training: a derivation may have those that promise little trained for fewer of them. */
  readonly epochs: number
  value(evaluation: EvaluationScore): number
}

/** What the predictor of a search says, which was fitted to scores: nothing is looked at. */
export interface PredictedScore extends Measured {
  readonly kind: 'prediction'
}

export type ScoreComponent = (read: ArgumentReader) => Score
