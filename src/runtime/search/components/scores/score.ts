import type { EvaluationScore } from '../../../training/evaluation.js'
import type { ArgumentReader } from '../reader.js'

/** What a network with the weights of the supernet is judged by, on images that trained nothing. */
export interface Score {
  /** What `value` gives, by the name under which the run tells it. */
  readonly measure: string
  value(evaluation: EvaluationScore): number
  readonly better: 'higher' | 'lower'
  /** Images that are looked at; absent: all of the validation split. */
  readonly images?: 'batch'
}

export type ScoreComponent = (read: ArgumentReader) => Score
