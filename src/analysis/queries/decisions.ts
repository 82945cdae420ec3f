import type { Ir } from '../../ir/model/ir.js'
import type { ExploreOptions } from '../../space/architectures/exploration.js'
import type { Decision } from '../../space/values/decision.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { countPaths } from './count-paths.js'
import { Failure } from '../../catalogue/failure.js'
import type { Diagram } from '../diagram/diagram.js'
import { isSurelyEmpty } from './surely-empty.js'
import { exploredOf, noLimits, structureOf } from './structure.js'

/**
 * All open decisions of a space, in the order in which a network meets them. Where one build after the other cannot show
 * that these are all, they are those of the space's diagram.
 *
 * @throws ElaborationFailure if the space cannot be built at all; Failure NAS6131 if too many decisions hang together,
 *         NAS6132 if shapes inside of a cell hang on its choices
 */
export function decisionsOf(ir: Ir, space: string, options: ExploreOptions): readonly Decision[] {
  const explored = exploredOf(ir, space, options)
  if ('isExact' in explored && explored.isExact) return explored.decisions.map(({ decision }) => decision)
  const structure = attempt(() => structureOf(ir, space, options, noLimits))
  // A space of which nothing can be built is said as the network meets it.
  if (explored instanceof ElaborationFailure) {
    const isEmpty = structure instanceof Failure ? isSurelyEmpty(ir, space, options) : countPaths(structure) === 0n
    if (isEmpty) throw explored
  }
  if (structure instanceof Failure) throw structure
  return [...structure.decisions.values()]
}

function attempt(build: () => Diagram | undefined): Diagram | Failure {
  try {
    const diagram = build()
    if (!diagram) throw new Error('a diagram without a limit was given up')
    return diagram
  } catch (failure) {
    if (failure instanceof Failure && failure.slug === 'shape-depends-on-choice') return failure
    throw failure
  }
}
