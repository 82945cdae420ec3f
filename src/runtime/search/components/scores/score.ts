import type { ArgumentReader } from '../reader.js'

/** What a network with the weights of the supernet is judged by, on images that trained nothing. */
export interface Score {
  /** Which result of an evaluation it is. */
  readonly measure: 'accuracy' | 'loss'
  readonly better: 'higher' | 'lower'
  /** Images that are looked at; absent: all of the validation split. */
  readonly images?: 'batch'
}

export type ScoreComponent = (read: ArgumentReader) => Score
