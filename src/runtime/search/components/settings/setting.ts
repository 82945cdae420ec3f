import type { SettingPlace } from '../../../../ir/model/search.js'
import type { OperationValue } from '../../../../space/evaluation/value.js'
import type { BuildOptions } from '../../../../space/network/build-network.js'
import type { Network } from '../../../../space/network/network.js'
import type { TrainingBatchOptions } from '../../../data/batches.js'
import type { StepSpec, UpdateSpec } from '../../../plan/step.js'
import type { Random } from '../../../random/random.js'
import type { FeedSource } from '../../../training/feeds/feed.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { ComponentUse } from '../component-use.js'
import type { ArgumentReader } from '../reader.js'
import type { Schedule } from '../schedules/schedule.js'

/**
 * A setting of searches: how it is read and which parts of a plan it is about, and what it does there. What it does not do itself is
 * done by who reads it from the plan, as `plan.settings.batch`. Where it may stand, and under which name, is said by the language.
 */
export interface Setting<Value> extends SettingActs<Value> {
  /**
   * What its arguments say, as plain data; undefined: as much as if it did not stand there.
   *
   * @throws Failure NAS7502, NAS7503 where they do not fit
   */
  read(read: ArgumentReader): Value | undefined
  readonly parts: Readonly<Partial<Record<PlanPart, SettingSource<Value>>>>
  /** Refuses what does not go together with the rest of the search. */
  check?(value: Value, plan: CheckedPlan): void
}

/** What has settings in the plan of a search: the search as a whole, each set of variables that it trains, the retraining. */
export type PlanPart = 'search' | 'weights' | 'choices' | 'predictor' | 'retrain'

/** How a part of a plan comes by a setting. */
export interface SettingSource<Value> {
  /** Blocks that may say it: of several the first one that does holds. */
  readonly said: readonly SettingPlace[]
  /** The part from which it is taken over where none of them says it. */
  readonly inherits?: 'search' | 'weights'
  /** The same where none of these blocks is there at all: of a candidate that is trained to be judged, as the search says. */
  readonly inheritsAlone?: 'search' | 'weights'
  /** What holds, where that is more than what is said. Without this, what nobody says is absent from the plan. */
  settle?(said: Value | undefined, circumstances: Circumstances): Value
}

/** What is known of a search when its settings are settled. */
export interface Circumstances {
  /** The block in which settings of the part stand, as failures name it. */
  readonly clause: string
  /** Architectures are judged by a table, and nothing is trained before they are. */
  readonly trainsNothing: boolean
  /** Epochs that each architecture is trained for by itself; absent: there is no such score. */
  readonly trainsEach?: number
  /** What the predictor of the search tells of architectures; absent: it has none, or the part is another one. */
  readonly predicts?: 'costs' | 'scores'
  /** What draws the networks of a step, and how long the search trains where it says that. */
  readonly sampler: { readonly name: string; readonly epochs?: number }
  /** Where a setting that is missing would be said. */
  readonly advice: (setting: string) => string
}

/** What a setting may be checked against. */
export interface CheckedPlan {
  readonly search: string
  readonly epochs: number
  /** As of {@link Circumstances}. */
  readonly predicts?: 'costs' | 'scores'
}

/** What a setting does to the training of the part that it is about, where it does that by itself. */
export interface SettingActs<Value> {
  /** The optimiser, with other arguments. */
  optimiser?(by: ComponentUse, value: Value): ComponentUse
  /** How variables are moved. */
  update?(opened: OpenedUpdate, value: Value): OpenedUpdate
  /** Whether the variables are trained at a position. */
  isDue?(at: TrainingPosition, value: Value): boolean
  /** What is done to images. @param clause by which failures name the setting */
  images?(value: Value, clause: string): Partial<TrainingBatchOptions>
  /** How a network is built that trains from scratch. @param operation what an argument of the setting names */
  build?(value: Value, operation: NamedOperation): Partial<BuildOptions>
  /** A network whose weights are to be trained, made otherwise. */
  network?(network: Network, value: Value): Network
  /** What a step of a network does that trains. @returns that, by the name of its pass; without one it is alone in its step */
  step?(value: Value): (pass?: string) => Partial<StepSpec>
  /** Feeds inputs that {@link step} brings in. @param random the root of all streams */
  feeds?(value: Value, random: Random): FeedSource
}

/** How variables are moved, as a step takes it. */
export interface OpenedUpdate {
  readonly update: UpdateSpec
  readonly learningRate: Schedule
}

/** An operation by the name of the argument that it is; undefined where the program gives none. */
export type NamedOperation = (argument: string) => OperationValue | undefined

/** A source of settings that has this where nothing is said. */
export function otherwise<Value>(value: Value): (said: Value | undefined) => Value {
  return (said) => said ?? value
}
