import type { Formula } from '../components/formula.js'
import type { ComponentUse } from '../components/component-use.js'
import type { SettingsOf } from '../components/settings/settings-of.js'
import type { ParamOverrides } from '../../../space/evaluation/param-overrides.js'

/**
 * A search made concrete: every setting as a number or a component, nothing left to evaluate. Stands in `run.json`. Settings have the
 * names that they have in the language.
 */
export interface SearchPlan {
  /** Id of the space. */
  readonly space: string
  readonly search: string
  /** Absent: the settings of the search without a preset. */
  readonly scale?: string
  /** Params of the program that are set, by the search, its scale or the command line, while the supernet is trained. */
  readonly params: ParamOverrides
  readonly settings: SettingsOf<'search'>
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
  /** A model of a cost that is fitted before the search, or of scores that is fitted in its midst; absent: costs are those of networks. */
  readonly predictor?: PredictorPlan
  readonly minimise: Formula
  /** Absent: architectures are judged by a table, and nothing is trained before they are. */
  readonly weights?: TrainPlan<'weights'>
  /** Absent: nothing but weights is trained. */
  readonly choices?: TrainPlan<'choices'>
  /** In every epoch first the weights are trained on their whole share, then the choices; else both in every step. */
  readonly perEpoch?: true
  /** Share of the training images that architectures are judged by, 0..1; absent: none is kept for that. */
  readonly validate?: number
  /** What architectures are judged by, where the derivation does not say. */
  readonly score: ComponentUse
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

/** What a `train` clause says, and settings of the search about it. */
export interface TrainPlan<Variables extends 'weights' | 'choices'> {
  readonly optimiser: ComponentUse
  readonly settings: SettingsOf<Variables>
  /** Share of the training images, 0..1; absent: all of them. */
  readonly share?: number
}

export interface PredictorPlan {
  /** Of the cost, where it is one. */
  readonly name: string
  readonly by: ComponentUse
  /** What it is fitted to: measurements of a cost, or what architectures score with the weights of the supernet. */
  readonly predicts: 'costs' | 'scores'
  readonly optimiser: ComponentUse
  readonly settings: SettingsOf<'predictor'>
}

export interface DerivePlan {
  readonly rules: readonly { readonly by: ComponentUse; readonly target?: string }[]
  /** Operations that are never derived, as they print: `none`, `max_pool(3)`. */
  readonly except: readonly string[]
}

export interface RetrainPlan {
  readonly params: ParamOverrides
  readonly optimiser: ComponentUse
  readonly settings: SettingsOf<'retrain'>
}
