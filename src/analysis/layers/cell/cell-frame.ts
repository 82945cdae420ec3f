import type { CellInstance } from '../../../space/network/build-network.js'
import type { Shape } from '../../../space/evaluation/shape.js'
import type { IrCell } from '../../../ir/model/space.js'

/** What is settled of a cell before its edges are: all of its instances agree. */
export interface CellFrame {
  /** Maps that each term of the output takes, of those that are there. */
  readonly chosen: readonly (readonly string[])[]
  /** Everything that the output asks for, whether it is there or not. */
  readonly asked: readonly string[]
  /** Nodes that read something. */
  readonly present: readonly string[]
  /** Inputs from which the output is computed. */
  readonly inputs: readonly string[]
}

/** Whether a map is there: nodes that read nothing are not. */
export function isInFrame({ inputs }: IrCell, frame: CellFrame, name: string): boolean {
  return inputs.includes(name) || frame.present.includes(name)
}

/** Instances of a cell with equal maps. */
export interface InstanceGroup {
  readonly copy: CellInstance
  /** What arrives, and what the nodes see of it. */
  readonly raw: readonly Shape[]
  readonly prepared: readonly Shape[]
  /** Shapes of inputs and nodes as readers see them. */
  readonly states: ReadonlyMap<string, Shape>
  /** Those that hang on what is chosen: whether they are like this is known once it is. */
  readonly variable: ReadonlySet<string>
  /** Shape of the maps that the output merges; absent where it has further terms only. */
  readonly main?: Shape
  /** Shape of the output. */
  readonly merged: Shape
  /** How many such instances the logits are computed from. */
  readonly times: number
}
