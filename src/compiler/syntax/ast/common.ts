import type { Span } from '../../text/source.js'
import type { Argument, Expression } from './expression.js'

/** What every node of the syntax tree has. */
export interface SyntaxNode<Kind extends string> {
  readonly kind: Kind
  readonly span: Span
}

/** A name where one is declared or a word is used. Where recovery left a gap, `text` is empty and `missing` is set. */
export interface Name extends SyntaxNode<'name'> {
  readonly text: string
  readonly missing?: true
}

/** The path of a decision or setting: `width`, `normal.n[1].through`, `stage3.layer[1].kernel`, `pick(3).kernel`. */
export interface Path extends SyntaxNode<'path'> {
  readonly head: Name
  /** Of an operation at its head. As those behind a dot they are part of a name, and no values. */
  readonly arguments?: readonly Argument[]
  readonly steps: readonly PathStep[]
}
export type PathStep = PathField | PathIndex
/** `.name`, `.pick(3)` */
export interface PathField extends SyntaxNode<'path-field'> {
  readonly name: Name
  /** Of an operation that stands among others of its name. */
  readonly arguments?: readonly Argument[]
}
/** `[index]` */
export interface PathIndex extends SyntaxNode<'path-index'> {
  readonly index: Expression
}

/** `path = value`. */
export interface Assignment extends SyntaxNode<'assignment'> {
  readonly path: Path
  readonly value: Expression
}

/** `name: type = default`; `type` and `default` may be absent. `name: {edge, subset}` is a string, one of these words. */
export interface Parameter extends SyntaxNode<'parameter'> {
  readonly doc?: string
  readonly name: Name
  readonly type?: Name
  /** In place of a type. */
  readonly words?: readonly Name[]
  readonly default?: Expression
}

/** `let name = value`, in a module, cell, space, network, stage or search. */
export interface LetDeclaration extends SyntaxNode<'let'> {
  readonly doc?: string
  readonly name: Name
  readonly value: Expression
}

/** `require test else "message"`. */
export interface Require extends SyntaxNode<'require'> {
  readonly test: Expression
  /** Only among the rules of a primitive. */
  readonly message?: string
}

/** `require every node is reached and used, or removed`. */
export interface RequireEvery extends SyntaxNode<'require-every'> {
  /** `reached`, `used`. */
  readonly conditions: readonly Name[]
  /** `removed`: what happens to a node that does not satisfy them. */
  readonly otherwise?: Name
}
