import type { Ir } from '../../ir/model/ir.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import type { Decision } from '../../space/decisions/decision.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { countPaths } from './count-paths.js'
import { exploredOf, noLimits, structureOf } from './structure.js'

/**
 * All open decisions of a space, in the order in which a network meets them. Where one build after the other cannot show
 * that these are all, they are those of the space's diagram.
 *
 * @throws ElaborationFailure if the space cannot be built at all; Failure NAS6131 if too many decisions hang together,
 *         NAS6139 or NAS6140 where that takes too long or too much
 */
export function decisionsOf(ir: Ir, space: string, options: ExploreOptions): readonly Decision[] {
  const explored = exploredOf(ir, space, options)
  if ('isExact' in explored && explored.isExact) return explored.decisions.map(({ decision }) => decision)
  const structure = structureOf(ir, space, options, noLimits)
  if (!structure) throw new Error('a diagram without a limit was given up')
  // A space of which nothing can be built is said as the network meets it.
  if (explored instanceof ElaborationFailure && countPaths(structure) === 0n) throw explored
  return [...structure.decisions.values()]
}
