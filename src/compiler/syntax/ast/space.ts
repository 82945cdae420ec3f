import type { LetDeclaration, Name, Path, Require, RequireEvery, SyntaxNode } from './common.js'
import type { Sources } from './cell.js'
import type { Expression } from './expression.js'

export type SpaceDeclaration = SpaceDefinition | SpaceRewrite

export interface SpaceDefinition extends SyntaxNode<'space'> {
  readonly doc?: string
  readonly name: Name
  readonly items: readonly SpaceItem[]
}
/** `space name = base where rewrites` */
export interface SpaceRewrite extends SyntaxNode<'space-rewrite'> {
  readonly doc?: string
  readonly name: Name
  readonly base: Name
  readonly rewrites: readonly Rewrite[]
}

export type Rewrite = ValueRewrite | SourcesRewrite
/** `candidates = candidates - { none }` */
export interface ValueRewrite extends SyntaxNode<'value-rewrite'> {
  readonly path: Path
  readonly value: Expression
}
/** `from = any 1.. of earlier` */
export interface SourcesRewrite extends SyntaxNode<'sources-rewrite'> {
  readonly sources: Sources
}

export type SpaceItem = InputItem | ClassesItem | SpaceCellItem | NetworkBlock | LetDeclaration | Require | RequireEvery
/** `input image(32, 32, 3)` */
export interface InputItem extends SyntaxNode<'input'> {
  readonly value: Expression
}
export interface ClassesItem extends SyntaxNode<'classes'> {
  readonly value: Expression
}
/** `cell normal = darts(stride: 1)` */
export interface SpaceCellItem extends SyntaxNode<'space-cell'> {
  readonly doc?: string
  readonly name: Name
  readonly value: Expression
}
export interface NetworkBlock extends SyntaxNode<'network'> {
  readonly items: readonly NetworkItem[]
}

export type NetworkItem = StemItem | StackItem | StageItem | HeadItem | LetDeclaration | Require
/** `stem a -> b; c` */
export interface StemItem extends SyntaxNode<'stem'> {
  readonly parts: readonly Expression[]
}
/** `stack count of cell, exception at positions, channels width, doubled at reduction` */
export interface StackItem extends SyntaxNode<'stack'> {
  readonly doc?: string
  readonly count: Expression
  readonly cell: Name
  readonly exceptions: readonly StackException[]
  readonly channels?: Expression
  readonly doubledAt: readonly Name[]
}
export interface StackException extends SyntaxNode<'stack-exception'> {
  readonly cell: Name
  readonly at: Expression
}
export interface StageItem extends SyntaxNode<'stage'> {
  readonly doc?: string
  readonly name: Name
  readonly items: readonly StageMember[]
}
export type StageMember = StageProperty | LetDeclaration | Require
export type StagePropertyName = 'width' | 'depth' | 'stride' | 'layer' | 'first'
/** `width one of {24, 32}` */
export interface StageProperty extends SyntaxNode<'stage-property'> {
  readonly property: StagePropertyName
  readonly value: Expression
}
export interface HeadItem extends SyntaxNode<'head'> {
  readonly value: Expression
}
