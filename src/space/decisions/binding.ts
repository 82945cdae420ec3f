import type { Decision } from './decision.js'

/** What a decision is bound to when a network is built. Option indices are positions in {@link Decision.options}. */
export type Bound =
  | { readonly kind: 'fixed'; readonly options: readonly number[] }
  /** Every alternative is built, or those that are named; the runtime sums them with weights. */
  | { readonly kind: 'mix'; readonly options?: readonly number[] }
  /** Numeric: the largest alternative times a mask over channels. */
  | { readonly kind: 'mask' }
  /** Resolution: each size computed small and scattered back. */
  | { readonly kind: 'subsample' }
  /**
   * Numeric: the largest weights, of which the slice for this option is used; with `transform`, a smaller window is the centre
   * of the next larger one through a trained linear map.
   */
  | { readonly kind: 'slice'; readonly option: number; readonly transform?: boolean }

/** Asked for every decision that is reached while a network is built; `copy` is the copy of the cell (`cells[3]`). */
export type Binding = (decision: Decision, copy?: string) => Bound
