import type { Network } from '../../../space/network/network.js'
import type { Engine } from '../../backend/engine/engine.js'
import { evaluationBatches, type BatchSource } from '../../data/batches.js'
import type { Dataset } from '../../data/dataset.js'
import type { Normalisation } from '../../data/normalisation.js'
import type { DataSplit } from '../../data/split.js'
import type { Random } from '../../random/random.js'
import type { JournalEvent } from '../../run/events.js'
import type { RunDirectory } from '../../run/run-directory.js'
import { optional } from '../settings/optional.js'
import type { RetrainPlan } from '../settings/plan.js'
import type { LoopControl } from './loop.js'
import type { ResolvedSearch } from './resolved-search.js'

/** Data as they are fed: what training and evaluation need of them. */
export interface SessionData {
  readonly dataset: Dataset
  readonly normalisation: Normalisation
  /** `weights`, `choices`, `validation`, `retrain` -> indices of training images. */
  readonly split: DataSplit
  /** Side of the images that networks are fed with; absent: as they are stored. */
  readonly side?: number
  /** What a user would not expect of how the images are divided; told when a run starts. */
  readonly notes?: readonly string[]
}

/** What all batches of these data have in common. */
export function imagesOf({ dataset, normalisation, side }: SessionData, part: 'train' | 'test') {
  return { set: dataset[part], shape: dataset, side, normalisation }
}

/** The data as a retraining takes them. */
export function retrainedOn(data: SessionData, { settings }: Pick<RetrainPlan, 'settings'>): SessionData {
  const { side: _side, ...rest } = data
  return { ...rest, ...optional('side', settings.image_side) }
}

/** A run that is under way in this process. */
export interface Session {
  readonly search: ResolvedSearch
  /** The network whose weights all architectures share; built when it is first asked for. */
  readonly supernet: () => Network
  readonly directory: RunDirectory
  readonly data: SessionData
  readonly engine: Engine
  /** Root of all streams. */
  readonly random: Random
  readonly control: LoopControl
  /** Writes an event into the journal and tells the observer. */
  record(event: JournalEvent): void
  /** Of all parts of the run so far. */
  seconds(): number
}

/** Images per step of an evaluation: no gradients are kept, so the size is a matter of speed alone. */
export const evaluationBatch = 100

/** Every test image once. */
export function testBatches(data: SessionData): BatchSource {
  return evaluationBatches({ ...imagesOf(data, 'test'), size: evaluationBatch })
}

/** Images of the validation split, each once: all, or the first `count`. */
export function validationBatches(data: SessionData, count?: number): BatchSource {
  const indices = (data.split['validation'] ?? []).slice(0, count)
  return evaluationBatches({ ...imagesOf(data, 'train'), indices, size: evaluationBatch })
}

/** Of data, the shape that they are fed in and their classes. */
export interface FedImages extends Pick<SessionData, 'side'> {
  readonly dataset: Pick<Dataset, 'height' | 'width' | 'channels' | 'classes'>
}

/** What `buildNetwork` takes from the data. */
export function dataShape({ dataset, side }: FedImages) {
  const { height, width, channels, classes } = dataset
  return { input: { height: side ?? height, width: side ?? width, channels }, classes }
}
