import type { Assignment, Name, Path, SyntaxNode } from './common.js'
import type { SourceReference } from './cell.js'
import type { BinaryOperator, Expression } from './expression.js'

/** `architecture name of space { items }` */
export interface ArchitectureDeclaration extends SyntaxNode<'architecture'> {
  readonly doc?: string
  readonly name: Name
  readonly space: Name
  readonly items: readonly ArchitectureItem[]
}
export type ArchitectureItem = ArchitectureBlock | BindingItem | WithItem | ExpectItem
/** What binds decisions. */
export type BindingItem = EdgesItem | ValueItem | LayersItem
/** `normal { … }`: what stands inside has paths that start with this one. */
export interface ArchitectureBlock extends SyntaxNode<'architecture-block'> {
  readonly path: Path
  readonly items: readonly ArchitectureItem[]
}
/** `n1: sep_conv(3) of s0, skip of s1` */
export interface EdgesItem extends SyntaxNode<'edges'> {
  readonly path: Path
  readonly edges: readonly Edge[]
}
export interface Edge extends SyntaxNode<'edge'> {
  readonly operation: Expression
  readonly source: SourceReference
}
/** `resolution 192`, `layer[2..4] block(3)`, `kernel 3` */
export interface ValueItem extends SyntaxNode<'value-item'> {
  readonly path: Path
  readonly value: Expression
}
/** `layer [block(3), block(5), skip]`: a value for each layer. */
export interface LayersItem extends SyntaxNode<'layers'> {
  readonly path: Path
  readonly values: readonly Expression[]
}
/** `with cells = 20, width = 36`: params of the architecture, for its network and all that it expects. */
export interface WithItem extends SyntaxNode<'with'> {
  readonly assignments: readonly Assignment[]
}
export type ExpectOperator = '=' | Extract<BinaryOperator, '==' | '!=' | '<' | '<=' | '>' | '>='>
/** `expect parameters = 3_349_342`, `expect macs(full) = 544M within 0.5%` */
export interface ExpectItem extends SyntaxNode<'expect'> {
  /** `parameters`, `macs(full)` */
  readonly cost: Expression
  readonly operator: ExpectOperator
  readonly value: Expression
  /** Relative tolerance; absent: exact. */
  readonly within?: Expression
}
