/** A range of inputs for a worker. */
export interface FuzzTask {
  readonly root: string
  readonly seed: number
  readonly from: number
  readonly to: number
  /** One shared cell: the number of the input at hand. */
  readonly current: Int32Array
}

export type FromWorker =
  { readonly kind: 'finding'; readonly index: number; readonly what: string } | { readonly kind: 'done' }
