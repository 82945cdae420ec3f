import type { EvaluationScore } from '../../../training/evaluation.js'
import type { ArgumentReader } from '../reader.js'

/** What an architecture is judged by. */
export type Score = EvaluatedScore | RecordedScore

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
}

/** A table that says what architectures came to: nothing is trained, and there is no supernet. */
export interface RecordedScore extends Measured {
  readonly kind: 'recorded'
  /** As it is written: from the folder of the program, or from where the command runs. */
  readonly file: string
  readonly column: string
}

export type ScoreComponent = (read: ArgumentReader) => Score
