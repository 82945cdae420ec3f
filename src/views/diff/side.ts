import type { DataImages } from '../../space/network/build-network.js'
import type { Decision } from '../../space/decisions/decision.js'
import type { ExploredDecision } from '../../space/architectures/exploration.js'
import { decisionsWithGates } from '../../analysis/index.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import type { ParamValues } from '../../space/evaluation/params.js'
import type { Ir } from '../../ir/model/ir.js'
import type { IrSpace } from '../../ir/model/space.js'

/** One of the two spaces that are compared. */
export interface Side {
  readonly ir: Ir
  readonly space: IrSpace
  readonly params: ParamValues
  /** Shape of the images and classes of data, for what networks cost; absent: as the space says. */
  readonly images?: DataImages
  readonly decisions: ReadonlyMap<string, ExploredDecision>
}

export function sideOf(ir: Ir, space: string, params: ParamValues, images?: DataImages): Side {
  const declaration = spaceOf(ir, space)
  const explored = decisionsWithGates(ir, declaration.id, { params })
  return {
    ir,
    space: declaration,
    params,
    ...(images !== undefined && { images }),
    decisions: new Map(explored.map((each) => [each.decision.path, each])),
  }
}

/** `one`, `2`, `1..3`. */
export function arityText({ arity }: Decision): string {
  if (!arity) return 'one'
  return arity.least === arity.most ? String(arity.least) : `${arity.least}..${arity.most}`
}
