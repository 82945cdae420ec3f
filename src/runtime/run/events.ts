/**
 * What a run writes into its journal, one JSON object a line. The report, the progress bars and `nasc rank` are made from
 * these alone. Epochs and steps count from 0. Losses are in nats per image, accuracies in 0..1. The fields
 * `imagesPerSecond`, `secondsLeft` and `seconds` are measured; everything else is the same in every run of the same seed
 * on the same backend (see {@link withoutMeasures}).
 */
export type JournalEvent =
  | RunStarted
  | SearchProgress
  | SearchEpoch
  | ArchitectureDerived
  | RetrainStarted
  | RetrainProgress
  | RetrainEpoch
  | Evaluation
  | RunInterrupted
  | RunResumed
  | RunFinished

/** First event of every run. */
export interface RunStarted {
  readonly type: 'run-started'
  readonly run: string
  readonly space: string
  readonly search: string
  /** Absent: the settings of the search without a preset. */
  readonly scale?: string
  readonly seed: number
  readonly backend: string
  readonly threads: number
  /** Why the backend has fewer threads than were asked for, or is slower than it could be; absent where neither is so. */
  readonly threadNote?: string
  /** Epochs and steps per epoch of the search. */
  readonly epochs: number
  readonly steps: number
  readonly batch: number
  /** Images that train the weights, images that train the choices (0: none). */
  readonly trainingImages: number
  readonly choiceImages: number
  /** Scalars of the supernet. */
  readonly weights: number
  /** Every decision of the space, with its options as they print: the labels of {@link SearchEpoch.choices}. */
  readonly decisions: readonly DecisionLabel[]
}

export interface DecisionLabel {
  /** `normal.n2.through[s0]` */
  readonly path: string
  /** `through`, `from`, `width`, … */
  readonly what: string
  readonly options: readonly string[]
}

/** Loss (mean over the images since the last event of this kind) and accuracy of one set of variables. */
export interface Score {
  readonly loss: number
  readonly accuracy: number
}

/** Mean entropy of the probabilities of the decisions of one kind, in nats, by {@link DecisionLabel.what}. */
export type EntropyByKind = Readonly<Record<string, number>>

/** Written every few steps. */
export interface SearchProgress {
  readonly type: 'search-progress'
  readonly epoch: number
  readonly epochs: number
  /** Steps done in this epoch, from 1. */
  readonly step: number
  readonly steps: number
  /** On the images that train the weights. */
  readonly weights: Score
  /** On the held-out images that train the choices. */
  readonly choices?: Score
  readonly learningRate: number
  readonly entropy: EntropyByKind
  readonly imagesPerSecond: number
  readonly secondsLeft?: number
}

/** End of an epoch of the search: means over the epoch, and where every decision stands. */
export interface SearchEpoch {
  readonly type: 'search-epoch'
  readonly epoch: number
  readonly epochs: number
  readonly weights: Score
  readonly choices?: Score
  readonly learningRate: number
  readonly entropy: EntropyByKind
  /** Decision path -> probability of each option. Relaxed decisions only. */
  readonly probabilities: Readonly<Record<string, readonly number[]>>
  readonly imagesPerSecond: number
}

/** The result of the search; its text is also in `architectures/<name>.nas`. */
export interface ArchitectureDerived {
  readonly type: 'architecture-derived'
  readonly name: string
  /** Relative to the run directory. */
  readonly file: string
  /** Valid `.nas`. */
  readonly text: string
  /** Decision path -> indices of the options taken. */
  readonly decisions: Readonly<Record<string, readonly number[]>>
  /** Constraints of the space that it does not satisfy, as they read; absent where it satisfies all. */
  readonly unmet?: readonly string[]
  readonly parameters: number
  readonly macs: number
  readonly convention: string
}

export interface RetrainStarted {
  readonly type: 'retrain-started'
  readonly architecture: string
  readonly epochs: number
  readonly steps: number
  readonly batch: number
  readonly trainingImages: number
  /** Of the network that is retrained, with the overrides of `retrain`. */
  readonly parameters: number
  readonly macs: number
  readonly convention: string
}

export interface RetrainProgress {
  readonly type: 'retrain-progress'
  readonly architecture: string
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  readonly weights: Score
  readonly learningRate: number
  readonly imagesPerSecond: number
  readonly secondsLeft?: number
}

export interface RetrainEpoch {
  readonly type: 'retrain-epoch'
  readonly architecture: string
  readonly epoch: number
  readonly epochs: number
  readonly weights: Score
  readonly learningRate: number
  readonly imagesPerSecond: number
}

/** Accuracy on images that trained nothing. */
export interface Evaluation {
  readonly type: 'evaluation'
  readonly architecture: string
  /** `inherited`: the derived network with the weights of the supernet; `retrained`: trained from scratch. */
  readonly weights: 'inherited' | 'retrained'
  readonly split: 'test' | 'validation'
  readonly loss: number
  readonly accuracy: number
  readonly samples: number
  /** Training images that the statistics of batch norms were measured on again before; absent: running statistics. */
  readonly calibrationImages?: number
}

/** Stopped by the user between two steps; a checkpoint was saved. A killed run writes nothing. */
export interface RunInterrupted {
  readonly type: 'run-interrupted'
  readonly phase: 'search' | 'retrain'
  readonly epoch: number
  readonly step: number
}

/**
 * Continued from a checkpoint. Lines of the journal from number `after` on (counted from 0) that were written before this
 * one told of steps that are done again: they no longer count (see `journal.ts`).
 */
export interface RunResumed {
  readonly type: 'run-resumed'
  readonly after: number
  /** Relative to the run directory; absent: from the beginning. */
  readonly checkpoint?: string
  /** Newer checkpoints that could not be used, each with its path and what is wrong: `….bin is cut short (…)`. */
  readonly damaged?: readonly string[]
  readonly backend: string
  /** As of {@link RunStarted}. */
  readonly threadNote?: string
}

export interface RunFinished {
  readonly type: 'run-finished'
  readonly architecture: string
  readonly derivedAccuracy?: number
  readonly retrainedAccuracy?: number
  readonly parameters: number
  readonly macs: number
  /** Summed over all parts of a resumed run. */
  readonly seconds: number
}

/** The event without what was measured by a clock: equal for equal seeds. */
export function withoutMeasures(event: JournalEvent): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !measures.has(key)))
}

const measures = new Set(['imagesPerSecond', 'secondsLeft', 'seconds'])
