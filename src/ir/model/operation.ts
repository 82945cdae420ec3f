import type { Expression } from './expression.js'
import type { ComponentKind } from './search.js'

/** A real stands where a `schedule` is asked for (a constant one) or a `cost`, an int where a real is. */
export type TypeName =
  'int' | 'real' | 'bool' | 'string' | 'operation' | 'set' | 'tuple' | 'span' | 'cost' | ComponentKind

export interface IrParameter {
  readonly name: string
  readonly type: TypeName
  /** Of a string: what it may be. */
  readonly words?: readonly string[]
  /** Absent: the argument must be given. */
  readonly default?: Expression
  readonly doc?: string
}

/**
 * An operation: composed of others (`body`), or primitive (`rules`), i.e. declared by `extern op` and implemented by the
 * runtime under the same name.
 */
export interface IrOperation {
  /** Unique: the module's name and the operation's, `std:nn.conv`, or just the name for the entry module. */
  readonly id: string
  readonly name: string
  readonly parameters: readonly IrParameter[]
  readonly doc?: string
  readonly body?: Expression
  readonly rules?: PrimitiveRules
}

/**
 * What the compiler must know of a primitive. Every expression sees the operation's parameters as locals, the context
 * names, and fields of `input` and (in `weights`, `macs` and `costs`) of `out`.
 */
export interface PrimitiveRules {
  /** Must hold for the operation to be applicable; `message` says what was expected. */
  readonly requires: readonly { readonly test: Expression; readonly message?: string }[]
  /** Output shape. An absent entry equals the input's. */
  readonly out: { readonly height?: Expression; readonly width?: Expression; readonly channels?: Expression }
  readonly weights: readonly WeightRule[]
  /** Multiply-accumulates for one image under every convention. */
  readonly macs?: Expression
  /** What a named convention counts beside `macs`. */
  readonly costs: Readonly<Record<string, Expression>>
}

export interface WeightRule {
  readonly name: string
  readonly shape: readonly Expression[]
  /** The weight exists only if this holds. */
  readonly when?: Expression
  /** `kernel` counts under every convention; `bias`, `scale` and `shift` do not under `mobile-vision`. */
  readonly role: 'kernel' | 'bias' | 'scale' | 'shift'
  readonly init: 'he_normal' | 'he_uniform' | 'linear_uniform' | 'zeros' | 'ones'
}
