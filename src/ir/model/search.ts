import type { Expression } from './expression.js'
import type { IrParameter } from './operation.js'

/** A component of searches, declared by `extern` in a `std:` module or a plug-in and implemented by the runtime. */
export interface IrComponent {
  readonly id: string
  readonly name: string
  readonly kind: ComponentKind
  readonly parameters: readonly IrParameter[]
  /** What it says by `binds`: see {@link bindingWords}. */
  readonly binding?: BindingWord
  /** Of a setting: the blocks in which it may stand. */
  readonly places?: readonly SettingPlace[]
  /** What must be there for it to mean something. */
  readonly needs?: readonly ComponentNeed[]
  /** The runtime does not have it yet. */
  readonly planned?: boolean
  readonly doc?: string
}
/**
 * What the supernet contains of a relaxed decision: see `Bound` in `src/space/decisions/binding.ts`. `sets` and `gates` mix as well, by
 * chances of the sets of options that are taken together, `gates` those that may not be taken included; `sparse` mixes
 * connections with weights that become zero. The others need numbers.
 */
export const relaxationBindings = ['mix', 'sets', 'gates', 'sparse', 'mask', 'subsample', 'slice'] as const
export type RelaxationBinding = (typeof relaxationBindings)[number]

/**
 * Of an objective, which is zero without it: `none`, an operation that makes zeros among the candidates of an edge that a node may
 * take; `gates`, a relaxation that leaves a chance to sets of inputs that a node may not take. Of a score: `file`, and no network.
 */
export const componentNeedNames = ['none', 'gates'] as const
export interface ComponentNeed {
  readonly what: (typeof componentNeedNames)[number]
  /** Of its arguments: the condition under which it needs this. */
  readonly when?: Expression
}

/**
 * What may stand behind `binds`, by the kind of component. Relaxations: how decisions are bound; `sparse` mixes connections with
 * weights that become zero, and objectives and derivations that bind `sparse` speak of these. A placement of cells binds its copies
 * as they are `relaxed` or as they are `derived` so far; a sampler that binds `relaxed` trains the supernet whole. A derivation that
 * binds `drawn` scores what it draws at once, and a score that binds `batch` looks at the images of one step alone: such may pick
 * the networks of a step. A score that binds `scratch` trains each architecture by itself: there is no supernet.
 */
export const bindingWords = {
  relaxation: relaxationBindings,
  objective: ['sparse'],
  derivation: ['sparse', 'drawn'],
  cells: ['relaxed', 'derived'],
  sampler: ['relaxed'],
  score: ['batch', 'scratch'],
} as const satisfies Partial<Record<ComponentKind, readonly string[]>>
export type BindingWord = (typeof bindingWords)[keyof typeof bindingWords][number]

/** All of them, each once. */
export const allBindingWords: readonly BindingWord[] = [...new Set(Object.values(bindingWords).flat())]

/** Blocks of settings: directly in a search and in its scales (`search`), in its `train` clauses, in `retrain`. */
export const settingPlaces = ['search', 'train weights', 'train choices', 'train predictor', 'retrain'] as const
export type SettingPlace = (typeof settingPlaces)[number]

export const componentKinds = [
  'relaxation',
  'sampler',
  'objective',
  'optimiser',
  'schedule',
  'derivation',
  'augmentation',
  'predictor',
  'teacher',
  'cells',
  'score',
  'views',
  'setting',
] as const
export type ComponentKind = (typeof componentKinds)[number]

/** How the decisions that `target` speaks of are relaxed: see `src/space/binding/clause-target.ts`. */
export interface Relaxation {
  /** `all`, a kind of decision (`through`, `from`, `width`, …), or a path. */
  readonly target: string
  /** A component of kind `relaxation`. */
  readonly by: Expression
}

export interface Training {
  readonly variables: 'weights' | 'choices' | 'predictor'
  /** Share of the training images, 0..1; absent: all. */
  readonly share?: Expression
  /** A component of kind `optimiser`. */
  readonly optimiser: Expression
  /** `per epoch`: this set is trained on its whole share before the next one is; otherwise they alternate step by step. */
  readonly perEpoch: boolean
  readonly settings: Settings
}

/**
 * A block `{ cells = 3, epochs 2; retrain { … } }`. `params` are overrides of program parameters, `values` settings by
 * name (each a component of kind `setting` in `std:search`), `blocks` nested ones by name.
 */
export interface Settings {
  readonly params: Readonly<Record<string, Expression>>
  readonly values: Readonly<Record<string, Expression>>
  readonly blocks: Readonly<Record<string, Settings>>
}

export interface IrSearch {
  readonly name: string
  readonly doc?: string
  /** Id of the space, after rewriting. */
  readonly space: string
  readonly relax: readonly Relaxation[]
  readonly cells: readonly Expression[]
  readonly share: readonly string[]
  readonly sample?: Expression
  readonly minimise: Expression
  readonly train: readonly Training[]
  readonly derive: Derivation
  readonly predictor?: { readonly name: string; readonly by: Expression }
  readonly teacher?: Expression
  readonly views?: Expression
  readonly score?: Expression
  /** Share of the training images, 0..1, on which architectures are judged; they are kept from all training. */
  readonly validate?: Expression
  readonly retrain?: Settings
  readonly scales: Readonly<Record<string, Settings>>
  /** Settings that stand directly in the search. */
  readonly settings: Settings
}

/** `argmax of from`. Without a target the rule speaks of every decision. */
export interface DerivationRule {
  readonly by: Expression
  readonly target?: string
}

/** `derive top(2) except none`; several rules in order where kinds of choices are read off one after the other. */
export interface Derivation {
  readonly rules: readonly DerivationRule[]
  /** Operation ids that are never derived. */
  readonly except: readonly Expression[]
}
