import type { ParamOverrides } from '../space/evaluation/param-overrides.js'
import type { Ir } from '../ir/model/ir.js'
import type { Spread } from '../support/statistics.js'
import type { Architecture } from '../space/architectures/architecture.js'
import type { ParamValues } from '../space/evaluation/params.js'
import type { ExportFormatName } from './export/formats/index.js'
import type { Verification } from './export/verify/compare.js'
import type { FinishedArchitecture, JournalEvent } from './run/events.js'

/** What holds for everything that computes. */
export interface ComputeOptions {
  /** Absent: the best backend at hand. */
  readonly backend?: 'wasm' | 'cpu' | 'tensorflow'
  readonly threads?: number
}

/** Of {@link resume}, and shared by all that may take long. */
export interface ObservedOptions extends ComputeOptions {
  /** Hears every event of the journal as it is written. */
  readonly observe?: (event: JournalEvent) => void
  /** Hears how many image files are decoded and of how many, while they are. */
  readonly onDecoded?: (done: number, of: number) => void
  /** When it is aborted the run stops after the current step, saves a checkpoint and can be resumed. */
  readonly signal?: AbortSignal
  /**
   * Hears when `signal` begins to be looked at within a moment, and when no longer: a host that aborts it at a signal of
   * the system lets the system end the process elsewhere. A run can be resumed after that as well.
   */
  readonly onSignalWatch?: (isWatched: boolean) => void
  /** Steps between two checkpoints at most, beside those at the end of every epoch and where steps are slow; 50 without this. */
  readonly checkpointEvery?: number
}

/** Of {@link run}. */
export interface RunOptions extends ObservedOptions {
  /** Name of the search; absent where the file has just one (of `space`, if that is given). */
  readonly search?: string
  readonly space?: string
  /** A `scale` of the search. */
  readonly scale?: string
  /**
   * Params of the program and settings of the search (`epochs`, `batch`, `examples`, …) by name; `retrain.NAME` holds
   * for the retraining. They beat what search and scale say.
   */
  readonly set?: ParamOverrides
  /** 0 without this. */
  readonly seed?: number
  /** So many random architectures of the cost of the best one that is found are retrained and tested beside it. */
  readonly baseline?: { readonly count: number }
  /** `mnist` without this; a name, a folder or a file. */
  readonly data?: string
  /** Images that cannot be decoded are left out; without this they are refused. */
  readonly skipCorrupt?: boolean
  /** The run directory, which must not exist yet; `runs/<search>-<n>` without this. */
  readonly out?: string
}

/** Of {@link train}. */
export interface TrainOptions extends RunOptions {
  /** Under this name it stands in the run directory. */
  readonly name: string
  readonly architecture: Architecture
}

/** Of {@link search}. */
export interface SearchOptions extends ObservedOptions {
  /** A program whose one search derives as this one is to: `derive evolution(…)`. */
  readonly by: Ir
  /** What is found is trained from scratch as well, as the search of the run says. */
  readonly retrain?: boolean
  /** Of what is drawn; 0 without this. The images that judge are those of the run. */
  readonly seed?: number
  /** The run directory, which must not exist yet; `runs/<search>-<n>` without this. */
  readonly out?: string
}

export type RunOutcome =
  | { readonly kind: 'finished'; readonly result: RunResult }
  /** Stopped by the signal; `resume(run)` goes on. */
  | {
      readonly kind: 'interrupted'
      readonly run: string
      readonly phase: string
      /** The architecture that it was doing; absent: the supernet. */
      readonly architecture?: string
      readonly epoch: number
      readonly step: number
    }

/** Of {@link runSeeds}. */
export interface SeriesOptions extends RunOptions {
  /** How many runs: their seeds are `seed` and those behind it. */
  readonly seeds: number
  /** The folder of all of them, which must not exist yet; each has a run directory in it. */
  readonly out?: string
}

export type SeriesOutcome =
  | { readonly kind: 'finished'; readonly result: SeriesResult }
  /** Stopped by the signal in the run of this seed; `resumeSeeds(run)` goes on. */
  | (Extract<RunOutcome, { kind: 'interrupted' }> & { readonly seed: number })

/** What runs that differ in their seed alone came to. */
export interface SeriesResult {
  /** The folder of the series. */
  readonly run: string
  readonly runs: readonly SeedResult[]
  /** Of the figures that all runs have. */
  readonly figures: SeriesFigures
}

export interface SeedResult extends RunResult {
  readonly seed: number
}

export type SeriesFigure =
  'retrainedAccuracy' | 'derivedAccuracy' | 'baselineAccuracy' | 'parameters' | 'macs' | 'seconds'

export type SeriesFigures = Readonly<Partial<Record<SeriesFigure, Spread>>>

/** What a finished run came to. Accuracies are in 0..1 on the test images. */
export interface RunResult extends Omit<FoundArchitecture, 'name'> {
  /** The run directory. */
  readonly run: string
  /** All that the search ended with; the first of them is the one that stands here as the result. */
  readonly architectures: readonly FoundArchitecture[]
  /** Absent where it was not asked for, or the space has nothing else. */
  readonly baseline?: Baseline
  /** Summed over all parts of a resumed run. */
  readonly seconds: number
}

/** Random architectures of the cost of the best one that was found, and where that stands among them. */
export interface Baseline {
  /** How many of them it is better than on the test images, and as good as. */
  readonly worse: number
  readonly equal: number
  /** Of theirs. */
  readonly retrainedAccuracy: Spread
  readonly architectures: readonly FoundArchitecture[]
}

export interface FoundArchitecture extends FinishedArchitecture {
  /** As `.nas`. */
  readonly architecture: string
}

/** Of {@link evaluate}. */
export type EvaluatedWeights = 'retrained' | 'inherited' | 'supernet'

export interface EvaluateOptions extends ComputeOptions {
  /**
   * `retrained`: the network that was trained from scratch; `inherited`: an architecture with the weights of the
   * supernet, batch norms calibrated; `supernet`: the supernet itself, its choices as the search left them. Absent: `retrained` if the run has come to that and no architecture is given.
   */
  readonly weights?: EvaluatedWeights
  /**
   * The name of an architecture that the run derived, or of one of the program, or the decisions themselves (the runtime
   * reads no `.nas`); absent: the first that the run derived.
   */
  readonly architecture?: string | Architecture
  /** Another data set than the one that the run was made on. */
  readonly data?: string
  /** Images that cannot be decoded are left out; without this as the run did it. */
  readonly skipCorrupt?: boolean
}

export interface EvaluateResult {
  readonly run: string
  readonly weights: EvaluatedWeights
  readonly accuracy: number
  /** Mean cross-entropy in nats per image. */
  readonly loss: number
  /** Test images that were classified. */
  readonly samples: number
  readonly parameters: number
  readonly macs: number
}

/** Of {@link predict}. The network is asked for as by {@link EvaluateOptions}; `skipCorrupt` holds for the images as well. */
export interface PredictOptions extends EvaluateOptions {
  /** So many classes of every image, or all where there are fewer; 5 without this. */
  readonly top?: number
}

export interface PredictResult {
  readonly run: string
  readonly weights: EvaluatedWeights
  /** Name of the architecture; absent: the supernet, or one that was given by its decisions. */
  readonly architecture?: string
  /** In the order in which they were given, those of a folder by name. */
  readonly images: readonly { readonly path: string; readonly classes: readonly ClassProbability[] }[]
  /** Images that could not be decoded, where these are left out. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[]
}

/** One of the likeliest classes of an image, of which the likeliest comes first. */
export interface ClassProbability {
  /** Counted from 0. */
  readonly label: number
  /** Absent: the data of the run have no names of classes. */
  readonly name?: string
  /** In 0..1, by the softmax over all classes. */
  readonly probability: number
}

/** Of {@link exportRun} and {@link exportProgram}. */
interface ExportOptions extends ComputeOptions {
  readonly format: ExportFormatName
  /** File, or folder where the format is one; absent: the name of the architecture, in the folder where nasc was called. */
  readonly out?: string
  /** Batch norms go into the convolutions before them; false without this. */
  readonly foldsNorms?: boolean
  /** On how many images what is written is tried before it takes its place. */
  readonly images?: number
}

export interface ExportRunOptions extends ExportOptions {
  /** As of {@link EvaluateOptions}. */
  readonly weights?: 'retrained' | 'inherited'
  readonly architecture?: string | Architecture
  readonly data?: string
}

export interface ExportProgramOptions extends ExportOptions {
  readonly name: string
  readonly architecture: Architecture
  readonly params: ParamValues
  /** Of the first values of its weights; 0 without this. */
  readonly seed?: number
}

export interface ExportResult {
  /** File, or folder. */
  readonly path: string
  /** All that was written, the model card with it. */
  readonly files: readonly string[]
  readonly format: ExportFormatName
  /** Of the architecture. */
  readonly name: string
  /** `initial`: first values, nothing was trained. */
  readonly weights: 'retrained' | 'inherited' | 'initial'
  readonly parameters: number
  readonly macs: number
  /** How the program that the format is for does with it. */
  readonly verification: Verification
}
