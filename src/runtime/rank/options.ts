import type { ObservedOptions } from '../options.js'
import type { Interval } from './bootstrap.js'

/** Of `rank`. Without `trained` and `results`, the architectures that the run itself retrained are compared. */
export interface RankOptions extends Omit<ObservedOptions, 'checkpointEvery'> {
  /** Run directories in which architectures were trained from scratch, and folders of such. */
  readonly trained?: readonly string[]
  /** What is known of architectures from elsewhere. */
  readonly results?: readonly KnownResult[]
  /** Of two results; `higher` without this. */
  readonly better?: 'higher' | 'lower'
  /** How many architectures are drawn and scored: of `results`, or of the space where these are absent. */
  readonly score?: number
  /** What the supernet's scores are; `accuracy` without this. */
  readonly by?: ScoreMeasure
  /** 1000 without this. */
  readonly resamples?: number
  /** In 0..1; 0.95 without this. */
  readonly confidence?: number
  /** Of what is drawn: architectures and resamples. 0 without this. */
  readonly seed?: number
}

export type ScoreMeasure = 'accuracy' | 'loss'

/** A row of a table of results. */
export interface KnownResult {
  /** Where it stands, for messages: `results.csv, line 12`. */
  readonly place: string
  readonly of: NamedArchitecture
  readonly value: number
}

export type NamedArchitecture =
  /** Of the program, of what the run derived or scored, or as benchmarks write architectures: a genotype, a digit for each choice. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'architecture'; readonly name: string; readonly decisions: RankedArchitecture['decisions'] }
  /** Decision path -> option as it prints, several separated by `;`. What is not of the space is passed over. */
  | { readonly kind: 'decisions'; readonly cells: Readonly<Record<string, string>> }

export type RankOutcome =
  | { readonly kind: 'finished'; readonly result: RankResult }
  /** Stopped by the signal. What was scored is kept: the same call goes on. */
  | { readonly kind: 'interrupted'; readonly run: string; readonly scored: number; readonly of: number }

export interface RankResult {
  /** The run directory. */
  readonly run: string
  /** Architectures that have both numbers. */
  readonly n: number
  /** Null where all scores, or all results, are equal, and where nothing is there to be compared with. */
  readonly kendallTau: number | null
  readonly kendallInterval: Interval | null
  readonly spearman: number | null
  readonly spearmanInterval: Interval | null
  readonly confidence: number
  readonly resamples: number
  readonly seed: number
  /** What the supernet's scores are. */
  readonly by: ScoreMeasure
  /** What they are compared with; null where there is nothing. */
  readonly reference: 'retrained' | 'trained' | 'results' | null
  /** Of two results. */
  readonly better: 'higher' | 'lower'
  /** Part of the training images that the supernet classified. */
  readonly images: 'validation' | 'choices'
  readonly samples: number
  /** The best score first. */
  readonly architectures: readonly RankedArchitecture[]
  /** What was asked for and could not be compared. */
  readonly leftOut: readonly { readonly what: string; readonly reason: string }[]
}

export interface RankedArchitecture {
  readonly name: string
  /** Decision path -> options taken, as they print. */
  readonly decisions: Readonly<Record<string, readonly string[]>>
  /** With the weights of the supernet. */
  readonly accuracy: number
  /** Mean cross-entropy in nats per image, likewise. */
  readonly loss: number
  /** Trained from scratch (accuracy on test images), or of the table; null where nothing is known. */
  readonly result: number | null
  /** Trainings or rows that the result is the mean of. */
  readonly results: number
}
