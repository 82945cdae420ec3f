import type { Arity, Expression, Merge } from './expression.js'
import type { IrParameter } from './operation.js'

export interface IrLet {
  readonly name: string
  readonly value: Expression
}

export interface IrRequire {
  readonly test: Expression
  /** The source text of the test, for messages. */
  readonly text: string
  /** The stage in which it stands: its paths are looked for in there first. */
  readonly stage?: string
}

/** A cell: a small directed acyclic graph that is used several times. */
export interface IrCell {
  readonly id: string
  readonly name: string
  /** Names of the feature maps that arrive, oldest first: `s0`, `s1`. */
  readonly inputs: readonly string[]
  readonly parameters: readonly IrParameter[]
  readonly lets: readonly IrLet[]
  /** What happens to an input before the nodes see it. At most one per input. */
  readonly prepare: readonly { readonly inputs: readonly string[]; readonly through: Expression }[]
  readonly nodes: readonly IrNode[]
  readonly output: CellOutput
  readonly requires: readonly IrRequire[]
}

/**
 * A node, or a family of them (`n[1..4]` gives `n1` … `n4`). `family` absent: a single node named `name`.
 */
export interface IrNode {
  readonly name: string
  readonly family?: { readonly from: Expression; readonly to: Expression }
  /** Lets of the node with a choice in them, which is made once per node: `normal.n2.k`. */
  readonly lets?: readonly IrLet[]
  readonly from: Sources
  /** The operation of every edge. A choice in it is made once per edge: `normal.n2.through[s0]`. */
  readonly through: Expression
  /** Parameters that the operations get on edges from some sources: `stride on s0, s1`. */
  readonly overrides: readonly {
    readonly parameter: string
    readonly value: Expression
    readonly on: readonly string[]
  }[]
  readonly merge: Merge
  /** `project`: inputs from outside the cell are brought to the node's channels by a 1x1 convolution. */
  readonly project?: Expression
}

/** `earlier` is: the cell's inputs, then all nodes before this one. Otherwise a list of names. */
export type SourceSet = 'earlier' | readonly string[]

export type Sources =
  | { readonly kind: 'all'; readonly of: SourceSet }
  | { readonly kind: 'choice'; readonly of: SourceSet; readonly arity: Arity }
  /** Any set of (source, operation) pairs; then `through` is not a choice and `operations` holds the options. */
  | { readonly kind: 'connections'; readonly of: SourceSet; readonly arity: Arity; readonly operations: Expression }

export interface CellOutput {
  readonly merge: Merge
  /** Names of nodes, families (`n` stands for all of them) or inputs. */
  readonly of: readonly string[]
  /** `concat(any 1.. of n)`: which of them is a choice. */
  readonly arity?: Arity
  /** Further terms added to the merged nodes: `+ project(x)`. */
  readonly plus?: readonly { readonly of: readonly string[]; readonly through: Expression; readonly arity?: Arity }[]
}

export interface IrSpace {
  readonly id: string
  readonly name: string
  readonly doc?: string
  /** A space that rewrites another keeps the other's name here. */
  readonly base?: string
  readonly input: { readonly height: Expression; readonly width: Expression; readonly channels: Expression }
  readonly classes: Expression
  readonly lets: readonly IrLet[]
  /** `cell normal = darts(stride: 1)`. Decisions of the cell have paths that start with `name`. */
  readonly cells: readonly {
    readonly name: string
    readonly cell: string
    readonly arguments: Readonly<Record<string, Expression>>
  }[]
  readonly network: readonly NetworkItem[]
  readonly requires: readonly IrRequire[]
}

export type NetworkItem = StemItem | StackItem | StageItem | HeadItem

/** `stem a -> b`. With several parts separated by `;` each one's output is kept, so that a stack can read the last two. */
export interface StemItem {
  readonly kind: 'stem'
  readonly parts: readonly Expression[]
}

/** `stack count of normal, reduction at { … }, channels c, doubled at reduction`. */
export interface StackItem {
  readonly kind: 'stack'
  readonly name: string
  readonly count: Expression
  readonly cell: string
  /** Positions are 0-based; a real one is rounded down. */
  readonly exceptions: readonly { readonly cell: string; readonly at: Expression }[]
  readonly channels: Expression
  /** At these cells the channels double, and stay doubled. */
  readonly doubledAt: readonly string[]
}

/** A stage of layers; its first layer has the stride and changes the width. */
export interface StageItem {
  readonly kind: 'stage'
  readonly name: string
  readonly lets: readonly IrLet[]
  readonly width: Expression
  readonly depth: Expression
  readonly stride: Expression
  readonly layer: Expression
  /** `first`: the first layer, where it differs. */
  readonly first?: Expression
}

export interface HeadItem {
  readonly kind: 'head'
  readonly body: Expression
}
