import type { Bound } from '../../../../space/decisions/binding.js'
import type { Decision } from '../../../../space/decisions/decision.js'
import type { Network } from '../../../../space/network/network.js'
import type { WeightEmission } from '../../../plan/emission.js'
import type { Random } from '../../../random/random.js'
import type { FeedSource } from '../../../training/feeds/feed.js'
import type { Effect } from '../../../training/effect.js'
import type { TrainingPosition } from '../../../training/training-position.js'
import type { Selection } from '../samplers/sampler.js'
import type { ArgumentReader } from '../reader.js'

/** How an open choice is evaluated inside the supernet. */
export interface Relaxation {
  /** What the decision is bound to when the supernet is built. */
  bound(decision: Decision): Bound
  /**
   * What makes weights of a decision's logits; by it a relaxation may read the options and how many are taken. Undefined, or
   * absent: the decision has no variables of its own; what it comes to follows from others, or is no choice.
   */
  emission?(decision: Decision): WeightEmission | undefined
  /**
   * Of the inputs that the emission has.
   * @param random a stream of the update that runs the step
   */
  feeds?(random: Random): FeedSource
  /** @param relaxed the decisions that it speaks of */
  effect?(context: EffectContext, relaxed: readonly Decision[]): Effect
}

/** What an effect of a relaxation may ask. */
export interface EffectContext {
  /** The path of the supernet that an architecture is, on the data of the run. */
  readonly network: (selection: Selection) => Network
  /** Options of a decision that steps may train at a position. */
  readonly open: (decision: Decision, at: TrainingPosition) => readonly number[]
  /** What the optimiser of the weights keeps of each, in variables of the same shape: `velocity` of `w` is `w#velocity`. */
  readonly state: readonly string[]
}

export type RelaxationComponent = (read: ArgumentReader) => Relaxation
