/** Which architectures are meant, by what they cost. */
export type CostQuery =
  /** One cost, ends included. */
  | { readonly kind: 'interval'; readonly quantity: number; readonly least: number; readonly most: number }
  /** Several costs, and the state in which the network ends. */
  | {
      readonly kind: 'test'
      readonly quantities: readonly number[]
      readonly test: (costs: readonly number[], end: number) => boolean
    }
