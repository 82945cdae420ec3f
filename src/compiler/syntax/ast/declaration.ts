import type { Assignment, LetDeclaration, Name, Parameter, Require, SyntaxNode } from './common.js'
import type { Expression } from './expression.js'
import type { CellDeclaration } from './cell.js'
import type { SpaceDeclaration } from './space.js'
import type { SearchDeclaration, SettingsDeclaration } from './search.js'
import type { ArchitectureDeclaration } from './architecture.js'

/** One `.nas` file. */
export interface SyntaxFile extends SyntaxNode<'file'> {
  readonly path: string
  /** The `//!` lines at the top. */
  readonly doc?: string
  readonly imports: readonly ImportDeclaration[]
  readonly declarations: readonly Declaration[]
}

export type Declaration =
  | ParamDeclaration
  | LetDeclaration
  | OpDeclaration
  | ExternDeclaration
  | CellDeclaration
  | SpaceDeclaration
  | SearchDeclaration
  | SettingsDeclaration
  | ArchitectureDeclaration

/** `names` absent: all public names of the module. */
export interface ImportDeclaration extends SyntaxNode<'import'> {
  readonly names?: readonly ImportName[]
  readonly module: ModuleReference
}
/** `name as alias` */
export interface ImportName extends SyntaxNode<'import-name'> {
  readonly name: Name
  readonly alias?: Name
}
/** `std:nn` or `"./darts.nas"`. `text` is the reference without quotes; empty where it is missing. */
export interface ModuleReference extends SyntaxNode<'module-reference'> {
  readonly text: string
}

export interface ParamDeclaration extends SyntaxNode<'param'> {
  readonly doc?: string
  readonly name: Name
  readonly type?: Name
  readonly default: Expression
}

/** `op name(parameters) = body` */
export interface OpDeclaration extends SyntaxNode<'op'> {
  readonly doc?: string
  readonly name: Name
  readonly parameters: readonly Parameter[]
  readonly body: Expression
}

/** `extern category name(parameters) in places planned { rules }`; `category` is `op` or a kind of search component. */
export interface ExternDeclaration extends SyntaxNode<'extern'> {
  readonly doc?: string
  readonly category: Name
  readonly name: Name
  readonly parameters: readonly Parameter[]
  /** Of a setting: the clauses in whose blocks it may stand. */
  readonly places: readonly SettingPlace[]
  /** The word, where the runtime does not have it yet. */
  readonly planned?: Name
  readonly rules: readonly ExternRule[]
}
/** `search`, `train weights`, `train` (all that is trained), `retrain` */
export interface SettingPlace extends SyntaxNode<'setting-place'> {
  readonly clause: Name
  readonly variables?: Name
}
export type ExternRule = Require | OutRule | WeightRule | MacsRule | CostRule | BindsRule | SelectsRule | NeedsRule
/** `out height = …, width = …` */
export interface OutRule extends SyntaxNode<'out'> {
  readonly assignments: readonly Assignment[]
}
/** `weight name(shape) as role init distribution when condition` */
export interface WeightRule extends SyntaxNode<'weight'> {
  readonly name: Name
  readonly shape: readonly Expression[]
  readonly role?: Name
  readonly init?: Name
  readonly when?: Expression
}
/** `macs value` */
export interface MacsRule extends SyntaxNode<'macs'> {
  readonly value: Expression
}
/** `cost convention = value` */
export interface CostRule extends SyntaxNode<'cost'> {
  readonly convention: Name
  readonly value: Expression
}
/** `binds mask` */
export interface BindsRule extends SyntaxNode<'binds'> {
  readonly binding: Name
}
/** `selects count` */
export interface SelectsRule extends SyntaxNode<'selects'> {
  /** A parameter. */
  readonly count: Name
}
/** `needs none when condition`; of a score, `needs file`: the file that this parameter names. */
export interface NeedsRule extends SyntaxNode<'needs'> {
  readonly what: Name
  readonly when?: Expression
}
