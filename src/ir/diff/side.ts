import type { Decision } from '../elaborate/decision.js'
import { explore, type ExploredDecision } from '../elaborate/exploration.js'
import { spaceOf } from '../elaborate/catalogue.js'
import type { ParamValues } from '../elaborate/params.js'
import type { Ir } from '../model/ir.js'
import type { IrSpace } from '../model/space.js'

/** One of the two spaces that are compared. */
export interface Side {
  readonly ir: Ir
  readonly space: IrSpace
  readonly params: ParamValues
  readonly decisions: ReadonlyMap<string, ExploredDecision>
}

export function sideOf(ir: Ir, space: string, params: ParamValues): Side {
  const declaration = spaceOf(ir, space)
  const explored = explore(ir, declaration.id, { params })
  return {
    ir,
    space: declaration,
    params,
    decisions: new Map(explored.map((each) => [each.decision.path, each])),
  }
}

/** `one`, `2`, `1..3`. */
export function arityText({ arity }: Decision): string {
  if (!arity) return 'one'
  return arity.least === arity.most ? String(arity.least) : `${arity.least}..${arity.most}`
}
