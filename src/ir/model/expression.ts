/**
 * Expressions of the IR: the desugared, name-resolved core of the language.
 *
 * An expression is closed over four kinds of names: parameters of the program (`param`), module constants
 * (`constant`), names bound nearby (`local`: op parameters, `let` of a cell, stage or space, comprehension variables)
 * and facts of the place where it stands (`context`). Operations are values: a partially applied call (`operation`), a
 * pipeline, or branches merged.
 */
export type Expression =
  | NumberExpression
  | BooleanExpression
  | StringExpression
  | ParamExpression
  | ConstantExpression
  | LocalExpression
  | ContextExpression
  | FieldExpression
  | UnaryExpression
  | BinaryExpression
  | IfExpression
  | CallExpression
  | SetExpression
  | TupleExpression
  | RangeExpression
  | ForExpression
  | SpanExpression
  | ChoiceExpression
  | OperationExpression
  | WithExpression
  | PipelineExpression
  | BranchesExpression
  | ComponentExpression
  | DecisionExpression
  | CostExpression
  | TopologyExpression
  | AggregateExpression

export interface NumberExpression {
  readonly kind: 'number'
  readonly value: number
}
export interface BooleanExpression {
  readonly kind: 'boolean'
  readonly value: boolean
}
export interface StringExpression {
  readonly kind: 'string'
  readonly value: string
}
/** A `param` of the program; its value may be set from the command line, by a scale or by `retrain`. */
export interface ParamExpression {
  readonly kind: 'param'
  readonly name: string
}
/** A module-level `let`. A choice inside one is made once for the whole space. `id` as in {@link IrConstant}. */
export interface ConstantExpression {
  readonly kind: 'constant'
  readonly id: string
}
export interface LocalExpression {
  readonly kind: 'local'
  readonly name: string
}
/**
 * A fact of the place: `in` (channels that arrive at the operation or, in a network item, at its pipeline), `channels`
 * (channels asked for by the place), `classes`, `standalone` (false inside a supernet), `layer` (index of the layer in
 * its stage, from 1), `first` (true in the first layer of a stage).
 */
export interface ContextExpression {
  readonly kind: 'context'
  readonly name: ContextName
}
export const contextNames = ['in', 'channels', 'classes', 'standalone', 'layer', 'first'] as const
export type ContextName = (typeof contextNames)[number]
/**
 * `s0.height`: a fact of a feature map. `of` is an input of the cell, `input` (what arrives at the operation), or `out`
 * (what a primitive gives; only in its rules).
 */
export interface FieldExpression {
  readonly kind: 'field'
  readonly of: string
  readonly name: 'height' | 'width' | 'channels'
}
export interface UnaryExpression {
  readonly kind: 'unary'
  readonly operator: '-' | 'not'
  readonly operand: Expression
}
export const binaryOperators = [
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
  'in',
] as const
export type BinaryOperator = (typeof binaryOperators)[number]
/** `+` and `-` also unite and subtract sets. `/` is the real quotient. `^` is the power. */
export interface BinaryExpression {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
}
/** Where `otherwise` is absent, the value is the identity operation. */
export interface IfExpression {
  readonly kind: 'if'
  readonly test: Expression
  readonly then: Expression
  readonly otherwise?: Expression
}
/** A built-in function of numbers: see `src/space/expressions/functions.ts`. */
export interface CallExpression {
  readonly kind: 'call'
  readonly function: string
  readonly arguments: readonly Expression[]
}
export interface SetExpression {
  readonly kind: 'set'
  readonly items: readonly Expression[]
}
/** `(0.5, 0.999)`. */
export interface TupleExpression {
  readonly kind: 'tuple'
  readonly items: readonly Expression[]
}
/** `from..to step step`, both ends included. */
export interface RangeExpression {
  readonly kind: 'range'
  readonly from: Expression
  readonly to: Expression
  readonly step?: Expression
}
/** `for k in {3, 5} for e in {3, 6}: body`, a set. The innermost variable varies fastest. */
export interface ForExpression {
  readonly kind: 'for'
  readonly bindings: readonly { readonly name: string; readonly in: Expression }[]
  readonly body: Expression
}
/** `a to b`: the ends of a schedule. */
export interface SpanExpression {
  readonly kind: 'span'
  readonly from: Expression
  readonly to: Expression
}
/** How many of the options an open choice takes. `most` absent: no upper bound. */
export interface Arity {
  readonly least: Expression
  readonly most?: Expression
}
/**
 * An open choice. `label` is the last part of the decision's path (`kernel`, `width`, `through`, a `let`'s name). With
 * `arity` absent exactly one option is taken; with it, a subset (`any 2 of`).
 * `per` overrides the scope at which the decision is made (`one of {4, 5, 6} per stage`).
 */
export interface ChoiceExpression {
  readonly kind: 'choice'
  readonly label: string
  readonly options: Expression
  readonly arity?: Arity
  readonly per?: 'space' | 'cell' | 'stage' | 'layer'
}
/** An operation with some or all of its parameters given: `sep_conv(3)`. `operation` as in {@link IrOperation.id}. */
export interface OperationExpression {
  readonly kind: 'operation'
  readonly operation: string
  readonly arguments: Readonly<Record<string, Expression>>
}
/** `block(expand: 1)`, where `block` is a set of operations (or one): each of them with these arguments besides its own. */
export interface WithExpression {
  readonly kind: 'with'
  readonly of: Expression
  readonly arguments: Readonly<Record<string, Expression>>
}
export interface PipelineExpression {
  readonly kind: 'pipeline'
  readonly steps: readonly Expression[]
}
/**
 * Several operations on the same input, merged: `sum(a, b)`, `concat(a, b)`, `multiply(a, b)`; `residual { a }` is
 * `sum(identity, a)` where the shapes agree, and `a` where they do not; `same_width(a)` asks `a` for as many channels as
 * arrive, whatever the place asks for.
 */
export interface BranchesExpression {
  readonly kind: 'branches'
  readonly merge: Merge | 'residual' | 'same_width'
  readonly branches: readonly Expression[]
}
export type Merge = 'sum' | 'concat' | 'multiply'
/** A search component with its arguments: `cosine(0.025 to 0.001)`. `component` as in {@link IrComponent.id}. */
export interface ComponentExpression {
  readonly kind: 'component'
  readonly component: string
  readonly arguments: Readonly<Record<string, Expression>>
}
/**
 * What a decision takes, by its path: a number, an operation, or the set of sources of a `from`. In the `requires` of a
 * cell the path starts in the cell: `n3.from`. A path that leaves out where (`mb2.kernel`, `normal.through`; `normal.*` for
 * whatever is decided in there) stands for one decision after the other, and only inside of an aggregate. Only in `requires`.
 */
export interface DecisionExpression {
  readonly kind: 'decision'
  readonly path: string
}
/**
 * A cost of the architecture, or what a predictor of the search says of it: `macs`, `parameters`, `latency`. `variant` as
 * in `macs.effective`; `convention` says how it is counted: `macs(full)`. Only in `requires` and in clauses of searches.
 */
/**
 * What becomes of a cost where choices are weighted: of the shapes as they are weighted (`effective`), or the mean over
 * architectures (`expected`); `reference` is the mean over all that a predictor was fitted to.
 */
export const costVariants = ['effective', 'expected', 'reference'] as const
export type CostVariant = (typeof costVariants)[number]
export interface CostExpression {
  readonly kind: 'cost'
  readonly cost: string
  readonly variant?: CostVariant
  readonly convention?: string
}
/**
 * A fact of the graph of a cell, in its `requires`: the number of edges that are taken, or whether every node is reached
 * from an input and used by the output (`removed`: a node that is not may be left out instead).
 */
export type TopologyExpression =
  | { readonly kind: 'topology'; readonly fact: 'edges' }
  | {
      readonly kind: 'topology'
      readonly fact: 'every_node'
      readonly reached: boolean
      readonly used: boolean
      readonly removed: boolean
    }

export const aggregateFunctions = ['all', 'exists', 'count', 'sum', 'min', 'max'] as const
export type AggregateFunction = (typeof aggregateFunctions)[number]
/**
 * `count(mb2.kernel == 7)`: an expression evaluated at every place that an architecture has where its decisions are made, and
 * what comes of all of them: whether it holds at each or at any, at how many it does, or the sum, least or greatest value.
 * Only in `requires`.
 */
export interface AggregateExpression {
  readonly kind: 'aggregate'
  readonly function: AggregateFunction
  readonly of: Expression
}
