import type { Formula } from '../components/formula.js'
import type { Warmup } from '../components/schedules/warmup.js'
import type { ComponentUse, Span } from '../components/component-use.js'
import type { ParamOverrides } from '../../../space/evaluation/param-overrides.js'

/** A search made concrete: every setting as a number or a component, nothing left to evaluate. Stands in `run.json`. */
export interface SearchPlan {
  /** Id of the space. */
  readonly space: string
  readonly search: string
  /** Absent: the settings of the search without a preset. */
  readonly scale?: string
  /** Params of the program that are set, by the search, its scale or the command line, while the supernet is trained. */
  readonly params: ParamOverrides
  readonly epochs: number
  readonly batch: number
  /** Training images that are used; absent: all. */
  readonly examples?: number
  /** Share of the classes that the search sees, 0..1; absent: all of them. */
  readonly classesShare?: number
  /** Side that images are scaled to, before they are augmented; absent: they stay as they are. */
  readonly imageSide?: number
  readonly augment: readonly ComponentUse[]
  /** Side of the square that is blanked, 0: none. */
  readonly cutout: number
  readonly relax: readonly RelaxPlan[]
  /** What copies of cells run; absent: all of them everything. */
  readonly cells?: readonly ComponentUse[]
  /** Within a copy of a cell an operation on a map has one set of weights and is evaluated once. */
  readonly sharesFeatures?: true
  readonly sample: ComponentUse
  /** A copy of the supernet that follows it; absent: none. */
  readonly teacher?: ComponentUse
  /** Pictures of every image, one for each pass of a step and of the teacher; absent: all see the same. */
  readonly views?: ComponentUse
  /** A model of a cost that is fitted before the search; absent: costs are those of networks. */
  readonly predictor?: PredictorPlan
  readonly minimise: Formula
  /** Absent: architectures are judged by a table, and nothing is trained before they are. */
  readonly weights?: TrainPlan
  /** Absent: nothing but weights is trained. */
  readonly choices?: ChoicesPlan
  /** In every epoch first the weights are trained on their whole share, then the choices; else both in every step. */
  readonly perEpoch?: true
  /** Share of the training images that architectures are judged by, 0..1; absent: none is kept for that. */
  readonly validate?: number
  /** What architectures are judged by, where the derivation does not say. */
  readonly score: ComponentUse
  /** Batches of training images that the statistics of batch norms are measured on before an architecture is judged. */
  readonly calibrate: number
  readonly derive: DerivePlan
  /** Absent: the search ends with the derived network. */
  readonly retrain?: RetrainPlan
  /** Present: random architectures are retrained beside the derived one. */
  readonly baseline?: BaselinePlan
  /** Present: the supernet is that of another run, and is not trained. */
  readonly inherit?: InheritPlan
  /** Present: nothing is searched, this is trained as the search says of what it finds. */
  readonly given?: GivenArchitecture
}

/** Architectures that are drawn at random, of the cost of the derived one. */
export interface BaselinePlan {
  readonly count: number
}

/** A supernet that another run has trained, to be searched anew. */
export interface InheritPlan {
  /** Full path of its run directory. */
  readonly run: string
  /** What searches, in place of what the search says. */
  readonly by: ComponentUse
  /** Whether what is found is trained from scratch, as the search says. */
  readonly retrain: boolean
}

/** An architecture that does not come from a search. */
export interface GivenArchitecture {
  readonly name: string
  /** Decision path -> indices of the options taken. */
  readonly decisions: Readonly<Record<string, readonly number[]>>
}

export interface RelaxPlan {
  /** `through`, `from`, …, `all`, or the path of a decision. */
  readonly target: string
  readonly by: ComponentUse
}

/** How variables are moved. */
export interface UpdatePlan {
  readonly optimiser: ComponentUse
  /** Absent: the learning rate is what its schedule says from the start. */
  readonly warmup?: Warmup
  /** Greatest Euclidean norm of the gradient of all variables together. */
  readonly clip?: number
  /** Greatest size of an entry of a gradient. */
  readonly clipValue?: number
  /** Weight decay leaves out all but kernels. */
  readonly decaysKernelsOnly?: boolean
}

export interface TrainPlan extends UpdatePlan {
  /** Share of the training images, 0..1; absent: all of them. */
  readonly share?: number
  /** Residual blocks start as identities. */
  readonly zeroInitResidual?: boolean
  readonly headDropout?: HeadDropoutPlan
  readonly dropConnect?: DropConnectPlan & { readonly for: ComponentUse }
  /** The choices look one step of the weights ahead (second-order DARTS). */
  readonly secondOrder?: boolean
  /** Epochs at first in which these variables are not trained. */
  readonly frozen?: number
}

/** Residual blocks are left out: the later one stands, the more often, up to the rate. */
export interface DropConnectPlan {
  readonly rate: number
  /** In the last stages alone, so many. */
  readonly stages: number
}

export interface HeadDropoutPlan {
  readonly rate: number
  /** Sampler whose networks it is for. */
  readonly for: ComponentUse
}

export interface ChoicesPlan extends TrainPlan {
  /** Standard deviation of the initial logits. */
  readonly deviation: number
}

export interface PredictorPlan {
  /** Of the cost. */
  readonly name: string
  readonly by: ComponentUse
  readonly optimiser: ComponentUse
  readonly epochs: number
  /** Measurements per step. */
  readonly batch: number
  /** Architectures that are measured where there is no file of measurements. */
  readonly measure: number
}

export interface DerivePlan {
  readonly rules: readonly { readonly by: ComponentUse; readonly target?: string }[]
  /** Operations that are never derived, as they print: `none`, `max_pool(3)`. */
  readonly except: readonly string[]
}

export interface RetrainPlan extends UpdatePlan {
  readonly params: ParamOverrides
  readonly epochs: number
  readonly batch: number
  readonly examples?: number
  /** How many of several derived architectures are trained, the best first; absent: all of them. */
  readonly architectures?: number
  /** Absent: that of the objective. */
  readonly labelSmoothing?: number
  /** Residual blocks start as identities. */
  readonly zeroInitResidual?: boolean
  /** Share of the numbers before the classifier that are dropped. */
  readonly headDropout?: number
  readonly dropConnect?: DropConnectPlan
  readonly imageSide?: number
  readonly augment: readonly ComponentUse[]
  readonly cutout: number
  /** Probability that an edge is dropped, at the start and at the end of the training. */
  readonly dropPath: Span
  readonly auxiliary?: AuxiliaryPlan
}

export interface AuxiliaryPlan {
  /** Weight of its loss. */
  readonly weight: number
  /** Where it reads in the stack, as a share of its cells. */
  readonly at: number
  /** The head itself, as `.nas`; absent: the program's `auxiliary_head`. See {@link auxiliaryHeadOf}. */
  readonly head?: string
}
