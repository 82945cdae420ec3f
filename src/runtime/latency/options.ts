import type { ObservedOptions, RunOptions } from '../options.js'
import type { PredictorFitted } from '../run/events.js'

/** Which networks are meant, and where their measurements are. */
export interface LatencyOptions
  extends Omit<ObservedOptions, 'checkpointEvery'>, Pick<RunOptions, 'search' | 'space' | 'scale' | 'set' | 'seed'> {
  /** Images of whose size networks are fed: a name or a folder. As the space says without this. */
  readonly data?: string
  /** The file; that of the search's predictor without this. */
  readonly measurements?: string
}

/** Of {@link sampleLatency}. */
export interface SampleLatencyOptions extends LatencyOptions {
  /** Architectures in the file in the end; as many as a run would measure without this. */
  readonly count?: number
  /** Images at once; 1 without this. */
  readonly batch?: number
  /** By how much the reference network may be slower than at its best, as a share; 0.1 without this. */
  readonly tolerance?: number
}

export interface SampleLatencyResult {
  readonly kind: 'finished' | 'interrupted'
  readonly measurements: string
  /** Architectures in it by now. */
  readonly architectures: number
  readonly of: number
  /** Blocks of ten that this call dropped because the machine was not quiet. */
  readonly droppedBlocks: number
  readonly setting: Readonly<Record<string, string>>
}

export interface FitLatencyResult extends Omit<PredictorFitted, 'type'> {
  readonly measurements: string
  /** What the file says of them. */
  readonly setting: Readonly<Record<string, string>>
  /** Of the architectures that were held out, in the unit of the file. */
  readonly pairs: readonly { readonly predicted: number; readonly measured: number }[]
}
