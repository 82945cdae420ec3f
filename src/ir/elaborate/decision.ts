/**
 * A decision: one open choice at its place. Paths are stable and readable: `normal.n2.from`, `normal.n2.through[s0]`,
 * `mb2.width`, `mb2.layer[1].kernel`.
 */
export interface Decision {
  readonly path: string
  /** The last word of the path without index: `from`, `through`, `width`, `depth`, `kernel`, `expand`, `resolution`, … */
  readonly what: string
  /** The options as they print, in the order in which they are written. */
  readonly options: readonly string[]
  /** Absent: exactly one option. */
  readonly arity?: { readonly least: number; readonly most: number }
  /** Numeric values of the options where they are numbers. */
  readonly values?: readonly number[]
}

/** What a decision is bound to when a network is built. Option indices are positions in {@link Decision.options}. */
export type Bound =
  | { readonly kind: 'fixed'; readonly options: readonly number[] }
  /** Every alternative is built; the runtime sums them with weights. */
  | { readonly kind: 'mix' }
  /** Numeric: the largest alternative times a mask over channels. */
  | { readonly kind: 'mask' }
  /** Resolution: each size computed small and scattered back. */
  | { readonly kind: 'subsample' }
  /** Numeric: the largest weights, of which the slice for this option is used. */
  | { readonly kind: 'slice'; readonly option: number }

/** Asked for every decision that is reached while a network is built; `copy` is the copy of the cell (`cells[3]`). */
export type Binding = (decision: Decision, copy?: string) => Bound
