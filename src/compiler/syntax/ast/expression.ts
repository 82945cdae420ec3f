import type { Name, SyntaxNode } from './common.js'

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NameExpression
  | FieldExpression
  | IndexExpression
  | CallExpression
  | BlockExpression
  | SetExpression
  | ComprehensionExpression
  | TupleExpression
  | GroupExpression
  | UnaryExpression
  | BinaryExpression
  | IfExpression
  | PipelineExpression
  | RangeExpression
  | SpanExpression
  | ChoiceExpression
  | PhraseExpression
  | MissingExpression

/** `value` has the suffix applied: `6k` is 6000, `50%` is 0.5. */
export interface NumberLiteral extends SyntaxNode<'number'> {
  readonly value: number
  readonly text: string
}
export interface StringLiteral extends SyntaxNode<'string'> {
  readonly value: string
}
export interface BooleanLiteral extends SyntaxNode<'boolean'> {
  readonly value: boolean
}
export interface NameExpression extends SyntaxNode<'name-expression'> {
  readonly name: Name
}
/** `target.name` */
export interface FieldExpression extends SyntaxNode<'field'> {
  readonly target: Expression
  readonly name: Name
}
/** `target[index]` */
export interface IndexExpression extends SyntaxNode<'index'> {
  readonly target: Expression
  readonly index: Expression
}
export interface CallExpression extends SyntaxNode<'call'> {
  readonly callee: Expression
  readonly arguments: readonly Argument[]
}
/** `label: value` or `value`. */
export interface Argument extends SyntaxNode<'argument'> {
  readonly label?: Name
  readonly value: Expression
}
/** `residual { body }`. */
export interface BlockExpression extends SyntaxNode<'block'> {
  readonly name: Name
  readonly body: Expression
}
/** `{ a, b }` */
export interface SetExpression extends SyntaxNode<'set'> {
  readonly items: readonly Expression[]
}
/** `{ for k in {3, 5} for e in {3, 6}: body }` */
export interface ComprehensionExpression extends SyntaxNode<'comprehension'> {
  readonly bindings: readonly ComprehensionBinding[]
  readonly body: Expression
}
/** `for name in domain` */
export interface ComprehensionBinding extends SyntaxNode<'binding'> {
  readonly name: Name
  readonly domain: Expression
}
/** `(a, b)`, at least two items. */
export interface TupleExpression extends SyntaxNode<'tuple'> {
  readonly items: readonly Expression[]
}
/** `(a)`: means `a`; kept for the formatter. */
export interface GroupExpression extends SyntaxNode<'group'> {
  readonly inner: Expression
}
export interface UnaryExpression extends SyntaxNode<'unary'> {
  readonly operator: '-' | 'not'
  readonly operand: Expression
}
export type BinaryOperator =
  '+' | '-' | '&' | '*' | '/' | '%' | '^' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'and' | 'or'
/** Left-associative but for `^`. `&` joins components: `crop(4) & flip`. */
export interface BinaryExpression extends SyntaxNode<'binary'> {
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}
export interface IfExpression extends SyntaxNode<'if'> {
  readonly test: Expression
  readonly then: Expression
  readonly otherwise?: Expression
}
/** `a -> b -> c`, at least two steps. */
export interface PipelineExpression extends SyntaxNode<'pipeline'> {
  readonly steps: readonly Expression[]
}
/** `from..to step step` */
export interface RangeExpression extends SyntaxNode<'range'> {
  readonly from: Expression
  readonly to: Expression
  readonly step?: Expression
}
/** `from to to` */
export interface SpanExpression extends SyntaxNode<'span'> {
  readonly from: Expression
  readonly to: Expression
}
/** `one of options per scope` (no arity), `any arity of options per scope`. */
export interface ChoiceExpression extends SyntaxNode<'choice'> {
  readonly arity?: Arity
  readonly options: Expression
  readonly per?: Name
}
/** `2` (exact: `most` absent, not `open`), `1..` (`open`), `0..1`. */
export interface Arity extends SyntaxNode<'arity'> {
  readonly least: Expression
  readonly most?: Expression
  readonly open: boolean
}
/**
 * Words that follow an expression, in arguments, clauses and settings: `best of 3 by batch_loss` is the head `best` with
 * the tails `of 3` and `by batch_loss`; `5 epochs` has the tail `epochs` without a value.
 */
export interface PhraseExpression extends SyntaxNode<'phrase'> {
  readonly head: Expression
  readonly tails: readonly PhraseTail[]
}
export interface PhraseTail extends SyntaxNode<'tail'> {
  readonly word: Name
  readonly value?: Expression
}
/** A hole: an expression was expected here and has been reported. */
export type MissingExpression = SyntaxNode<'missing'>
