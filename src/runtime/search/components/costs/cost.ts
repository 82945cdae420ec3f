import type { CostEmission } from '../../../plan/cost.js'
import type { ChoiceSpace } from '../encoding/choice-space.js'
import type { CostUse } from '../formula.js'
import type { ComponentUse } from '../component-use.js'

/** A cost that a search can minimise. */
export type CostComponent = (use: CostUse) => CostEmission

/** What a search has beside the costs of networks. */
export interface CostContext {
  /** Its `predictor` clause: a cost by that name. */
  readonly predictor?: { readonly name: string; readonly by: ComponentUse }
  /** The choices of its space; asked for when something is emitted. */
  readonly space?: () => ChoiceSpace
}

/** @throws Error (a defect) where nothing is emitted yet, as while arguments are checked */
export function spaceOf({ space }: CostContext): ChoiceSpace {
  if (space === undefined) throw new Error('a cost is emitted of choices that are not there')
  return space()
}
