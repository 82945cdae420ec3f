import { Failure } from '../../ir/failure.js'
import type { Shape } from './shape.js'

/** What went wrong while a space was elaborated; the compiler turns it into a diagnostic at the place of `path`. */
export type ElaborationReason =
  /** Feature maps that are merged disagree. */
  | 'shape'
  /** A `require` of a primitive does not hold. */
  | 'require'
  /** An expression has no value here, or one of the wrong kind. */
  | 'value'
  /** A decision is bound in a way that has no meaning at its place. */
  | 'binding'

const codes = { shape: 'NAS6101', require: 'NAS6102', value: 'NAS6103', binding: 'NAS6104' } as const

export class ElaborationFailure extends Failure {
  constructor(
    readonly reason: ElaborationReason,
    /** Path of the node, cell, stage or decision where it happened. */
    readonly path: string,
    /** What was found, without the path. */
    readonly what: string,
    help: string,
    /** The shapes that disagree, or the shape that does not fit. */
    readonly shapes: readonly Shape[] = [],
  ) {
    super(codes[reason], path === '' ? what : `${path}: ${what}`, help)
  }
}
