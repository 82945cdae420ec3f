import type { Network, Weight } from '../../space/network/network.js'
import type { Program } from '../program/program.js'
import type { OptionWeights } from './emission.js'
import type { EmbeddingEmission, ObjectiveEmission } from './objective.js'
import type { OptimiserEmission } from './optimiser.js'

/** What one step of a network is to do. */
export interface StepSpec {
  /** Images per step. */
  readonly batch: number
  /**
   * `train`: statistics of the batch, running statistics updated. `evaluate`: running statistics. `calibrate`: statistics
   * of the batch, running statistics averaged with the weight of the input `calibrationMomentum` (1 / number of the batch
   * from 1 gives the plain mean over all batches).
   */
  readonly mode: 'train' | 'evaluate' | 'calibrate'
  readonly update?: UpdateSpec
  /** Gradients to add to variables `gradient/<variable>`, which `buildUpdateStep` applies after all passes of a step. */
  readonly accumulate?: 'weights' | 'choices'
  /** Name of the pass of the step, `all` without this: by it an objective knows what it is at. */
  readonly pass?: string
  /** Names of all passes of the step, in order, where an objective is to know them. */
  readonly companions?: readonly string[]
  /** Begins the names of weights and running statistics: those of a copy of the network, which starts as the network. */
  readonly prefix?: string
  /** Makes of what the classifier reads the output `embedding`. */
  readonly embedding?: EmbeddingEmission
  /** What is minimised; the cross-entropy of the labels without this. */
  readonly objective?: ObjectiveEmission
  /** The network that costs are of, where it is not the one that is run; `key` stands for it in keys of plans. */
  readonly costed?: { readonly key: string; network(): Network }
  /** Weight of the loss of the auxiliary head, 0 by default. Only in training. */
  readonly auxiliaryWeight?: number
  /** Edges may be dropped: every droppable edge gets a mask, an input of the program. Only in training. */
  readonly dropPath?: boolean
  /** Share of the numbers that the classifier reads which are set to zero. Only in training. */
  readonly headDropout?: number
  /**
   * Residual blocks in the last `stages` stages are left out for some images, block i of n with the probability `rate` times i / n.
   * Only in training.
   */
  readonly dropConnect?: { readonly rate: number; readonly stages: number }
  /** What gives the options of relaxed decisions their weights; a softmax over those that are mixed without this. */
  readonly weights?: OptionWeights
  /** Gradients to give as outputs `gradient/<variable>`, not clipped. */
  readonly gradients?: 'weights' | 'choices' | 'all'
  /** Gradients end before the classifier: it alone is trained. */
  readonly classifierOnly?: boolean
  /** Passes of the optimiser; all of them by default. */
  readonly passes?: readonly string[]
}

export interface UpdateSpec {
  readonly variables: 'weights' | 'choices'
  readonly optimiser: OptimiserEmission
  /** Gradients are scaled down to this Euclidean norm over all of them. */
  readonly clip?: number
  /** Every entry of a gradient is clipped to this size, before the norm is taken. */
  readonly clipValue?: number
}

/** A planned step: a program and all that its caller must provide. */
export interface Step {
  readonly program: Program
  /** Every variable that the program names, in the order in which the network reaches them. */
  readonly variables: readonly VariableSpec[]
  readonly inputs: readonly InputSpec[]
  /** What the objective tells beside its value, outputs `figure/<name>`. */
  readonly figures: readonly string[]
  /** Names of the inputs that are drop-path masks, `dropPath/<edge path>`. */
  readonly dropPathMasks: readonly string[]
  /** Inputs that are masks of zeros (with probability `rate`) and 1 / (1 - rate), `dropout/<layer path>`. */
  readonly drops: readonly { readonly name: string; readonly shape: readonly number[]; readonly rate: number }[]
}

export interface InputSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
}

export interface VariableSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly init: Weight['init'] | 'choice' | 'identity' | 'unit_rows'
  /** Name of the variable whose first values it has. */
  readonly like?: string
  /** `state`: of an optimiser. `given`: what a phase before, or an effect, has put there; nothing trains it. */
  readonly role: Weight['role'] | StatisticRole | 'choice' | 'gradient' | 'state' | 'given'
}

/** Running statistics of batch norms. */
export type StatisticRole = 'mean' | 'variance'
