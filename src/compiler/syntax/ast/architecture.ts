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
export type ArchitectureItem = ArchitectureBlock | EdgesItem | ValueItem | ExpectItem
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
/** `resolution 192` */
export interface ValueItem extends SyntaxNode<'value-item'> {
  readonly path: Path
  readonly value: Expression
}
export type ExpectOperator = '=' | Extract<BinaryOperator, '==' | '!=' | '<' | '<=' | '>' | '>='>
/** `with cells = 20 expect parameters = 3_349_342`, `expect macs(full) = 544M within 0.5%` */
export interface ExpectItem extends SyntaxNode<'expect'> {
  readonly with: readonly Assignment[]
  /** `parameters`, `macs(full)` */
  readonly cost: Expression
  readonly operator: ExpectOperator
  readonly value: Expression
  /** Relative tolerance; absent: exact. */
  readonly within?: Expression
}
