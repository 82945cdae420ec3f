import type { Ir } from '../../ir/model/ir.js'
import type { Decision } from '../../space/values/decision.js'
import { explore, type ExploreOptions } from '../../space/architectures/exploration.js'

/**
 * All open decisions of a space, in the order in which a network meets them. Decisions that exist only under other values
 * than the first ones stand behind the others.
 *
 * @throws ElaborationFailure if the space cannot be built at all
 */
export function decisionsOf(ir: Ir, space: string, options: ExploreOptions): readonly Decision[] {
  return explore(ir, space, options).map(({ decision }) => decision)
}
