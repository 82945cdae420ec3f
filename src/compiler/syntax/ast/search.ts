import type { LetDeclaration, Name, Path, SyntaxNode } from './common.js'
import type { Expression, PhraseTail } from './expression.js'
import type { Rewrite } from './space.js'

/** `search name of space like other where rewrites { clauses }` */
export interface SearchDeclaration extends SyntaxNode<'search'> {
  readonly doc?: string
  readonly name: Name
  readonly space: Name
  /** The search whose clauses hold where this one has none of its own. */
  readonly like?: Name
  readonly rewrites: readonly Rewrite[]
  readonly clauses: readonly SearchClause[]
}

export type SearchClause =
  | RelaxClause
  | CellsClause
  | ShareClause
  | ComponentClause
  | MinimiseClause
  | TrainClause
  | ValidateClause
  | DeriveClause
  | PredictorClause
  | RetrainClause
  | ScaleClause
  | LetDeclaration
  | Setting

/** `relax width, expand by mask; resolution by subsample at temperature t` */
export interface RelaxClause extends SyntaxNode<'relax'> {
  readonly relaxations: readonly Relaxation[]
  readonly temperature?: Expression
}
export interface Relaxation extends SyntaxNode<'relaxation'> {
  readonly targets: readonly Path[]
  readonly by: Expression
}
/** `cells engine at { 5, 7 }, transit elsewhere`: each placement a phrase (or the bare component). */
export interface CellsClause extends SyntaxNode<'cells'> {
  readonly placements: readonly Expression[]
}
export interface ShareClause extends SyntaxNode<'share'> {
  readonly what: readonly Name[]
}
export type ComponentClauseWord = 'sample' | 'teacher' | 'views' | 'score'
/** `sample two disjoint paths`, `teacher ema(0.999) of active path`, `views 4 by moco_v2`, `score linear_probe`. */
export interface ComponentClause extends SyntaxNode<'component-clause'> {
  readonly clause: ComponentClauseWord
  readonly value: Expression
}
/** `minimise cross_entropy for largest, distill for others` */
export interface MinimiseClause extends SyntaxNode<'minimise'> {
  readonly objectives: readonly Expression[]
}
/** `train weights on 50% { sgd(…), clip 5 } per epoch`. Its optimiser is the `expression-setting` among the settings. */
export interface TrainClause extends SyntaxNode<'train'> {
  readonly variables: Name
  readonly share?: Expression
  readonly settings: Settings
  /** `epoch` */
  readonly per?: Name
}
/** `validate on 10%` */
export interface ValidateClause extends SyntaxNode<'validate'> {
  readonly share: Expression
}
/** `derive top(2) except none`. `of`, `by`, … stay as tails of the rules; `except` is taken out. */
export interface DeriveClause extends SyntaxNode<'derive'> {
  readonly rules: readonly Expression[]
  readonly except: readonly Expression[]
}
/**
 * `predictor latency = mlp(128, 64) on one_hot, fitted to measurements "…"`. What stands behind commas are tails of the
 * value as well; `to` are the words `measurements` in it.
 */
export interface PredictorClause extends SyntaxNode<'predictor'> {
  readonly name: Name
  readonly value: Expression
  readonly to: readonly Name[]
}
/** `darts_retrain { epochs 10 }`: settings by their name, with what is said otherwise; one of the two may be absent. */
export interface SuppliedSettings {
  readonly named?: Name
  readonly settings?: Settings
}
export interface RetrainClause extends SyntaxNode<'retrain'>, SuppliedSettings {}
/** `scale quick { … }` */
export interface ScaleClause extends SyntaxNode<'scale'>, SuppliedSettings {
  readonly doc?: string
  readonly name: Name
}
/** `settings darts_retrain { … }` */
export interface SettingsDeclaration extends SyntaxNode<'settings-declaration'> {
  readonly doc?: string
  readonly name: Name
  readonly settings: Settings
}

/** What stands between the braces of `train`, `retrain`, `scale`. */
export interface Settings extends SyntaxNode<'settings'> {
  readonly items: readonly Setting[]
}
export type Setting = OverrideSetting | ValueSetting | BlockSetting | ExpressionSetting
/** `cells = 3`: a param of the program gets another value. */
export interface OverrideSetting extends SyntaxNode<'override-setting'> {
  readonly name: Name
  readonly value: Expression
}
/**
 * `epochs 50`, `auxiliary 0.4 at 2/3`, `clip value 1`, `warmup 5 epochs`, and the bare `nesterov`. Tails are named
 * arguments (`at`) or words.
 */
export interface ValueSetting extends SyntaxNode<'value-setting'> {
  readonly name: Name
  readonly value?: Expression
  readonly tails: readonly PhraseTail[]
}
/** `retrain { … }` */
export interface BlockSetting extends SyntaxNode<'block-setting'>, SuppliedSettings {
  readonly name: Name
}
/** `sgd(lr: 0.1)` */
export interface ExpressionSetting extends SyntaxNode<'expression-setting'> {
  readonly value: Expression
}
