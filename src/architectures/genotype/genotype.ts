/**
 * An architecture of cells as search code prints it: nodes and sources are numbers, operations have names of their own. Where
 * a part stands in the text is kept for messages.
 */
export interface Genotype {
  /** `DARTS_V2` of `DARTS_V2 = Genotype(…)`. */
  readonly name?: string
  /** Offset of its beginning. */
  readonly at: number
  readonly cells: readonly GenotypeCell[]
}

export interface GenotypeCell {
  /** `normal`, `reduce`; absent: the only cell. */
  readonly name?: string
  readonly at: number
  /** Node by node; the edges of all nodes in one list where the text does not say where one ends, by as many each. */
  readonly nodes: readonly (readonly GenotypeEdge[])[]
  /** States that the cell gives on, where the text says so. */
  readonly concat?: { readonly states: readonly number[]; readonly at: number }
}

export interface GenotypeEdge {
  /** `sep_conv_3x3` */
  readonly operation: string
  /** Number of the state: the inputs of the cell, then its nodes. */
  readonly source: number
  readonly at: number
}
