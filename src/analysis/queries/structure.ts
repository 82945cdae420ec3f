import { explore, type Exploration, type ExploreOptions } from '../../space/architectures/exploration.js'
import { isOverLimit } from '../../space/limits/budget.js'
import { Failure } from '../../catalogue/failure.js'
import { ElaborationFailure } from '../../space/limits/elaboration-failure.js'
import { spaceOf } from '../../space/expressions/definitions.js'
import { printValue } from '../../space/evaluation/print-value.js'
import type { Ir } from '../../ir/model/ir.js'
import { compileDiagram, type DiagramLimits } from '../diagram/compile-diagram.js'
import type { Diagram } from '../diagram/diagram.js'
import { createContext, TooManyBuilds, type Misfit } from '../diagram/layer.js'
import { networkLayers } from '../layers/network-layers.js'
import { countPaths } from './count-paths.js'

/** How much may be gone through to know a structure. */
export interface StructureLimits extends Pick<DiagramLimits, 'mostStates'> {
  /** Parts of networks that are built. */
  readonly mostBuilds: number
}

/** So many parts of networks are built within about a second. */
const usualLimits: StructureLimits = { mostBuilds: 10_000 }
/** Where an answer is needed: only what nobody could wait for ends it. */
export const noLimits: StructureLimits = { mostBuilds: Infinity }

const structures = new WeakMap<Ir, Map<string, Diagram>>()

/**
 * The diagram of a space without its constraints and costs: which decisions there are, when each exists, and which
 * combinations of options can be built.
 *
 * @param limits undefined is returned beyond them
 * @throws Failure NAS6131 or NAS6140 if there is no such limit and decisions hang together too much; NAS6139
 */
export function structureOf(
  ir: Ir,
  space: string,
  options: ExploreOptions,
  limits: StructureLimits = usualLimits,
): Diagram | undefined {
  const params = Object.entries(options.params).map(([name, value]) => `${name}=${printValue(value)}`)
  const declaration = spaceOf(ir, space)
  const key = [declaration.id, ...params.sort(), JSON.stringify([options.input, options.classes])].join('\n')
  const known = structures.get(ir) ?? new Map<string, Diagram>()
  structures.set(ir, known)
  const found = known.get(key)
  if (found) return found
  try {
    const context = createContext(ir, declaration, options, [], limits.mostBuilds)
    const diagram = compileDiagram(context.budget, networkLayers(context, []), [], limits)
    known.set(key, diagram)
    return diagram
  } catch (error) {
    if (error instanceof TooManyBuilds) return undefined
    if (limits !== noLimits && error instanceof Failure && isOverLimit(error)) return undefined
    throw error
  }
}

/** What of a space cannot be built. */
export interface Misfits {
  readonly diagram: Diagram
  /** One of each kind, in the order in which they are met. */
  readonly misfits: readonly Misfit[]
  /** Whether anything else can. */
  readonly isPossible: boolean
}

/**
 * What of a space cannot be built; undefined where everything surely can, or where more parts would have to be built than
 * allowed to know.
 */
export function misfitsOf(
  ir: Ir,
  space: string,
  options: ExploreOptions,
  limits: StructureLimits,
): Misfits | undefined {
  const explored = exploredOf(ir, space, options)
  if ('isBuildable' in explored && explored.isBuildable) return undefined
  const diagram = structureOf(ir, space, options, limits)
  return diagram && { diagram, misfits: diagram.misfits, isPossible: countPaths(diagram) > 0n }
}

/** What builds of the space show one after the other, or why it cannot be built with all alternatives side by side. */
export function exploredOf(ir: Ir, space: string, options: ExploreOptions): Exploration | ElaborationFailure {
  try {
    return explore(ir, space, options)
  } catch (failure) {
    // Alternatives that cannot stand side by side may each be built alone.
    if (failure instanceof ElaborationFailure) return failure
    throw failure
  }
}
