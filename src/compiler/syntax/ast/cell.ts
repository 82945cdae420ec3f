import type { LetDeclaration, Name, Parameter, PathIndex, Require, RequireEvery, SyntaxNode } from './common.js'
import type { Arity, Expression } from './expression.js'

/** A parameter without type and default is a feature map that arrives. */
export interface CellDeclaration extends SyntaxNode<'cell'> {
  readonly doc?: string
  readonly name: Name
  readonly parameters: readonly Parameter[]
  readonly items: readonly CellItem[]
}
export type CellItem = PrepareItem | NodeItem | OutputItem | LetDeclaration | Require | RequireEvery

/** `prepare s0, s1 { through }` */
export interface PrepareItem extends SyntaxNode<'prepare'> {
  readonly inputs: readonly Name[]
  readonly through: Expression
}
/** `node n[1..4] { … }` */
export interface NodeItem extends SyntaxNode<'node'> {
  readonly doc?: string
  readonly name: Name
  readonly family?: Expression
  readonly clauses: readonly NodeClause[]
}
/** `output concat(n)` */
export interface OutputItem extends SyntaxNode<'output'> {
  readonly value: Expression
}

export type NodeClause = FromClause | ThroughClause | MergeClause | ProjectClause | LetDeclaration
export interface FromClause extends SyntaxNode<'from'> {
  readonly sources: Sources
}
/** `through one of candidates, stride on s0, s1` */
export interface ThroughClause extends SyntaxNode<'through'> {
  readonly operation: Expression
  readonly overrides: readonly Override[]
}
/** `parameter = value on sources`; without a value, the cell's parameter of that name. */
export interface Override extends SyntaxNode<'override'> {
  readonly parameter: Name
  readonly value?: Expression
  readonly on: readonly Name[]
}
export interface MergeClause extends SyntaxNode<'merge'> {
  readonly by: Name
}
export interface ProjectClause extends SyntaxNode<'project'> {
  readonly through?: Expression
}

/** `all of earlier`, `any 2 of earlier`, `any 1.. of earlier x candidates`; no arity: all of them. */
export interface Sources extends SyntaxNode<'sources'> {
  readonly arity?: Arity
  readonly of: SourceSet
  /** The set behind `x`: any set of (source, operation) connections. */
  readonly operations?: Expression
}
export type SourceSet = EarlierSources | ListedSources
/** The inputs of the cell, then all nodes before this one. */
export type EarlierSources = SyntaxNode<'earlier'>
/** `{ s1, n[1] }`, `n` */
export interface ListedSources extends SyntaxNode<'listed'> {
  readonly sources: readonly SourceReference[]
}
export interface SourceReference extends SyntaxNode<'source'> {
  readonly name: Name
  readonly index?: PathIndex
}
