/**
 * A drawing: boxes, some of them inside of others, and lines between them, without a place for anything. It is what the
 * writers of DOT and Mermaid read; Graphviz finds the places.
 */
export interface Drawing {
  readonly title: string
  /** Where the lines lead: from the left to the right, or downwards. */
  readonly direction: 'right' | 'down'
  readonly items: readonly DrawnItem[]
  readonly lines: readonly DrawnLine[]
}

export type DrawnItem = DrawnBox | DrawnCluster

/**
 * `state`: a feature map with a name; `operation`: something that is computed; `choice`: one of several operations, its
 * options stacked; `merge`: a sum, a concatenation; `legend`: the options that several choices have in common.
 */
export type BoxRole = 'state' | 'operation' | 'choice' | 'merge' | 'legend'

export interface DrawnBox {
  readonly kind: 'box'
  /** Unique in the drawing. */
  readonly id: string
  readonly role: BoxRole
  readonly title: string
  /** In smaller letters beneath the title. */
  readonly note?: string
  readonly rows: readonly DrawnRow[]
}

/** A line of text in a box; `option` is its position among the options of a choice, which gives it a colour. */
export interface DrawnRow {
  readonly text: string
  readonly option?: number
}

export interface DrawnCluster {
  readonly kind: 'cluster'
  readonly id: string
  readonly title: string
  readonly note?: string
  readonly items: readonly DrawnItem[]
}

export interface DrawnLine {
  readonly from: string
  readonly to: string
  readonly label?: string
  /** A line that need not be there: the architecture decides. */
  readonly dashed?: boolean
}

/** All boxes, those in clusters too, in the order in which they stand. */
export function boxesOf(items: readonly DrawnItem[]): readonly DrawnBox[] {
  return items.flatMap((item) => (item.kind === 'box' ? [item] : boxesOf(item.items)))
}
