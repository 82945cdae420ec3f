import type { BranchesExpression, Expression, PipelineExpression } from '../../ir/model/expression.js'
import type { IrOperation } from '../../ir/model/operation.js'
import type { ComponentKind } from '../../ir/model/search.js'
import type { Environment } from './environment.js'

/** What an expression evaluates to. Sets and tuples are arrays; a set holds no value twice. */
export type Value = number | boolean | string | readonly Value[] | SpanValue | ComponentValue | OperationValue

/** `0.025 to 0.001`. */
export interface SpanValue {
  readonly from: Value
  readonly to: Value
}

/** A search component; parameters that were not given hold their defaults. */
export interface ComponentValue {
  readonly component: string
  readonly kind: ComponentKind
  readonly arguments: Readonly<Record<string, Value>>
}

/** An operation that waits for its input. */
export type OperationValue = IdentityValue | PartialValue | ClosureValue

/** The neutral operation: what an `if` without `else` gives. It makes no node. */
export interface IdentityValue {
  readonly kind: 'identity'
}

/**
 * An operation with some of its arguments. They are evaluated when it meets its input, in the environment where they are
 * written, because they may speak of the place (`in`, `channels`).
 */
export interface PartialValue {
  readonly kind: 'operation'
  readonly operation: IrOperation
  readonly arguments: Readonly<Record<string, Thunk>>
}

/** A pipeline or merged branches with the environment where they are written. */
export interface ClosureValue {
  readonly kind: 'closure'
  readonly expression: PipelineExpression | BranchesExpression
  readonly environment: Environment
}

/** An expression that is evaluated where it is used, or a value that is known already. */
export type Thunk =
  | { readonly kind: 'known'; readonly value: Value }
  | { readonly kind: 'delayed'; readonly expression: Expression; readonly environment: Environment }

export const identity: IdentityValue = { kind: 'identity' }

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isComponent(value: Value): value is ComponentValue {
  return typeof value === 'object' && 'component' in value
}

export function isSpan(value: Value): value is SpanValue {
  return typeof value === 'object' && !isList(value) && 'from' in value
}

export function isOperation(value: Value): value is OperationValue {
  return typeof value === 'object' && !isList(value) && !isComponent(value) && !isSpan(value)
}

/** The kind of a value in words, for messages. */
export function describeKind(value: Value): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a real number'
  if (typeof value === 'boolean') return 'a boolean'
  if (typeof value === 'string') return 'a string'
  if (isList(value)) return 'a set'
  if (isComponent(value)) return `a component (${value.kind})`
  if (isSpan(value)) return 'a span'
  return 'an operation'
}
