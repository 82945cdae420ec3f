/**
 * What a run writes into its journal, one JSON object a line. The report, the progress bars and `nasc rank` are made from
 * these alone. Epochs and steps count from 0. Losses are in nats per image, accuracies in 0..1. The fields
 * `imagesPerSecond`, `secondsLeft` and `seconds` are measured; everything else is the same in every run of the same seed
 * on the same backend (see {@link withoutMeasures}).
 */
export type JournalEvent =
  | RunStarted
  | PhaseStarted
  | PhaseProgress
  | PhaseEpoch
  | PredictorFitted
  | ArchitectureScored
  | ArchitectureDerived
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
  /** Absent in journals of versions that did not write it. */
  readonly data?: DataSummary
  /** Every decision of the space, with its options as they print: the labels of {@link PhaseEpoch.probabilities}. */
  readonly decisions: readonly DecisionLabel[]
}

/** The images of a run. */
export interface DataSummary {
  readonly name: string
  /** `image folder`, `IDX` */
  readonly format: string
  readonly height: number
  readonly width: number
  readonly channels: number
  readonly classes: number
  /** By label; absent: the data have none. */
  readonly classNames?: readonly string[]
  /** Without those of validation. */
  readonly trainingImages: number
  /** That the data set apart by themselves; absent: they do not. */
  readonly validationImages?: number
  readonly testImages: number
  /** What of the program they take the place of, as it reads there: `input image(32, 3)`, `classes 10`. */
  readonly replaces?: readonly string[]
  /** What a user would not expect of how they were read and divided. */
  readonly notes?: readonly string[]
}

export interface DecisionLabel {
  /** `normal.n2.through[s0]` */
  readonly path: string
  /** `through`, `from`, `width`, … */
  readonly what: string
  readonly options: readonly string[]
}

/** What an event of a phase speaks of. */
export interface OfPhase {
  /** What is done: `search`, `retrain`, … */
  readonly phase: string
  /** The architecture that it is done to; absent: the supernet. */
  readonly architecture?: string
}

/** A phase that takes its time begins. */
export interface PhaseStarted extends OfPhase {
  readonly type: 'phase-started'
  readonly epochs: number
  readonly steps: number
  /** Images per step; absent where nothing is trained. */
  readonly batch?: number
  /** How many images train what: `weights`, `choices`. */
  readonly images?: Readonly<Record<string, number>>
  /** Of the network that is trained, without what stands there for the training alone. */
  readonly parameters?: number
  readonly macs?: number
  readonly convention?: string
  /** Why it is done, where a user would not expect it. */
  readonly note?: string
}

/** A model of a cost was fitted to measurements, or one of scores to these, and judged on architectures that were held out. */
export interface PredictorFitted extends PredictorQuality {
  readonly type: 'predictor-fitted'
  readonly predictor: string
  /** Architectures that it was fitted to, and that it is judged by. */
  readonly fitted: number
  readonly heldOut: number
  /** The same of the mean, of a straight line over multiply-accumulates, of a sum of costs of options. */
  readonly baselines: Readonly<Record<'constant' | 'macs' | 'oneHot', PredictorQuality>>
}

export interface PredictorQuality {
  /** Mean of |predicted - measured| / |measured|; of what was measured as 0, 1 where it is off. */
  readonly relativeError: number
  /** Mean of |predicted - measured|, in the unit of the measurements; of accuracies 0..1. */
  readonly absoluteError: number
  /** Kendall's tau-b; null where all predictions are equal. */
  readonly kendallTau: number | null
}

/**
 * Numbers by name, `MEASURE.SERIES`: `loss.weights`, `accuracy.choices`, `entropy.through`. Series of one measure are drawn
 * together, whatever they are.
 */
export type Figures = Readonly<Record<string, number>>

/** Means over what was seen since the last event of this kind, and how things stand. Written every few steps. */
export interface PhaseProgress extends OfPhase {
  readonly type: 'phase-progress'
  readonly epoch: number
  readonly epochs: number
  /** Steps done in this epoch, from 1. */
  readonly step: number
  readonly steps: number
  /** What a training is judged by: `loss`, `accuracy` of each set of variables. */
  readonly scores: Figures
  /** What else there is to tell: `learning_rate`; `entropy`, in nats, by kind of decision. */
  readonly figures: Figures
  readonly imagesPerSecond?: number
  readonly secondsLeft?: number
}

/** End of an epoch: means over the epoch, and where every decision stands. */
export interface PhaseEpoch extends OfPhase {
  readonly type: 'phase-epoch'
  readonly epoch: number
  readonly epochs: number
  readonly scores: Figures
  readonly figures: Figures
  /** Decision path -> probability of each option. Relaxed decisions only; absent where none is trained. */
  readonly probabilities?: Readonly<Record<string, readonly number[]>>
  readonly imagesPerSecond?: number
}

/** A candidate was judged, with the weights of the supernet or trained by itself: all that a resumed search has to know of it. */
export interface ArchitectureScored extends OfPhase {
  readonly type: 'architecture-scored'
  /** From 0. */
  readonly round: number
  /** Decision path -> indices of the options taken. */
  readonly decisions: Readonly<Record<string, readonly number[]>>
  /** The higher, the better. */
  readonly score: number
  /** What was measured, on images that trained nothing: `accuracy`, `loss`. */
  readonly scores: Figures
  /** That it was trained for by itself; absent: it was not. */
  readonly epochs?: number
  /** Of the space as it is declared, whatever size the images at hand have. */
  readonly macs: number
  readonly parameters: number
}

/** A result of the search, the best one first; its text is also in `architectures/<name>.nas`. */
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
  /** It was drawn at random, for what was found to be measured by. */
  readonly baseline?: true
  readonly parameters: number
  readonly macs: number
  readonly convention: string
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
export interface RunInterrupted extends OfPhase {
  readonly type: 'run-interrupted'
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
  /** What the search ended with, the best one first. */
  readonly architectures: readonly FinishedArchitecture[]
  /** Drawn at random, at the cost of the first of these; absent where that was not asked for. */
  readonly baseline?: readonly FinishedArchitecture[]
  /** Summed over all parts of a resumed run. */
  readonly seconds: number
}

/** Accuracies are in 0..1 on the test images. */
export interface FinishedArchitecture {
  readonly name: string
  /** With the weights of the supernet, batch norms calibrated; absent where there was no search. */
  readonly derivedAccuracy?: number
  /** Of the network that was trained from scratch; absent where it was not. */
  readonly retrainedAccuracy?: number
  /** Of the network that was retrained (or of the derived one), without an auxiliary head. */
  readonly parameters: number
  readonly macs: number
}

/** The event without what was measured by a clock: equal for equal seeds. */
export function withoutMeasures(event: JournalEvent): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(event).filter(([key]) => !measures.has(key)))
}

const measures = new Set(['imagesPerSecond', 'secondsLeft', 'seconds'])
