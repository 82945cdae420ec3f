import type { Decision } from '../../space/decisions/decision.js'
import type { Shape } from '../../space/evaluation/shape.js'
import type { Selection } from './decision-tree.js'
import type { Misfit } from './layer.js'
import type { State } from './state.js'

/** A part of an architecture: the selections made between two states. */
export interface Arc {
  /** State before the layer. */
  readonly from: number
  /** State behind it. */
  readonly to: number
  readonly selections: readonly Selection[]
  /** What it adds to each quantity. */
  readonly costs: readonly number[]
  /** Operations that are passed, where the analysis asks for them. */
  readonly operations?: readonly string[]
}

/**
 * A decision diagram: every path from the only state before the first layer to a state behind the last is an architecture,
 * and every architecture that fits its shapes and satisfies the restrictions is one path.
 */
export interface Diagram {
  /** Each leads from the states behind the layer before it to its own. */
  readonly layers: readonly CompiledLayer[]
  /** States behind the last layer. */
  readonly terminals: readonly State[]
  /** Decisions in the order in which they are met, those included that no architecture meets. */
  readonly decisions: ReadonlyMap<string, Decision>
  /** What could not be built on some path. */
  readonly misfits: readonly Misfit[]
}

export interface CompiledLayer {
  /** Which part of the network it is. */
  readonly at: string
  readonly arcs: readonly Arc[]
  /** How many states it starts from, and leads to. */
  readonly states: number
  readonly next: number
  /** The newest feature map of each state that it leads to. */
  readonly outputs: readonly (Shape | undefined)[]
}
