/**
 * The syntax tree of a `.nas` file: readonly unions discriminated by `kind`, a span on every node, doc comments
 * attached, and holes (`missing`) where the parser recovered. It says what was written, not what it means.
 */
export type * from './ast/common.js'
export type * from './ast/expression.js'
export type * from './ast/declaration.js'
export type * from './ast/cell.js'
export type * from './ast/space.js'
export type * from './ast/search.js'
export type * from './ast/architecture.js'

import type { Assignment, Name, Parameter, Path, PathStep } from './ast/common.js'
import type { Arity, Argument, ComprehensionBinding, Expression, PhraseTail } from './ast/expression.js'
import type {
  Declaration,
  ExternRule,
  ImportDeclaration,
  ImportName,
  ModuleReference,
  SettingPlace,
  SyntaxFile,
} from './ast/declaration.js'
import type { CellItem, NodeClause, Override, SourceReference, SourceSet, Sources } from './ast/cell.js'
import type { NetworkItem, Rewrite, SpaceItem, StackException, StageMember } from './ast/space.js'
import type { Relaxation, SearchClause, Settings } from './ast/search.js'
import type { ArchitectureItem, Edge } from './ast/architecture.js'

/** Any node of the tree. */
export type Node =
  | SyntaxFile
  | ImportDeclaration
  | ImportName
  | ModuleReference
  | Declaration
  | ExternRule
  | SettingPlace
  | Parameter
  | CellItem
  | NodeClause
  | Override
  | Sources
  | SourceSet
  | SourceReference
  | Rewrite
  | SpaceItem
  | NetworkItem
  | StackException
  | StageMember
  | SearchClause
  | Relaxation
  | Settings
  | ArchitectureItem
  | Edge
  | Assignment
  | Path
  | PathStep
  | Name
  | Expression
  | Argument
  | Arity
  | ComprehensionBinding
  | PhraseTail

export type NodeKind = Node['kind']
export type NodeOf<Kind extends NodeKind> = Extract<Node, { readonly kind: Kind }>
