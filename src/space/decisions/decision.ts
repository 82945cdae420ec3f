/**
 * A decision: one open choice at its place. Paths are stable and readable: `normal.n2.from`, `normal.n2.through[s0]`,
 * `mb2.width`, `mb2.layer[1].kernel`.
 */
export interface Decision {
  readonly path: string
  /** The last word of the path without index: `from`, `through`, `width`, `depth`, `kernel`, `expand`, `resolution`, … */
  readonly kind: string
  /** The options as they print, in the order in which they are written. */
  readonly options: readonly string[]
  /** Absent: exactly one option. */
  readonly arity?: { readonly least: number; readonly most: number }
  /** Numeric values of the options where they are numbers. */
  readonly values?: readonly number[]
  /** Options whose text has names that are known at their place alone: an architecture names them by the text in quotes. */
  readonly unnamed?: readonly number[]
}
