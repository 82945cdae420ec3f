/** The graph of a cell as it was written: what brute force needs to know of it to judge a `require`. */
export interface CellGraph {
  readonly inputs: readonly string[]
  readonly nodes: readonly GraphNode[]
  /** Maps that the output takes; the first list is merged, the others are added. */
  readonly outputs: readonly { readonly names: readonly string[]; readonly isChoice: boolean }[]
}

export interface GraphNode {
  readonly name: string
  readonly sources: readonly string[]
}
