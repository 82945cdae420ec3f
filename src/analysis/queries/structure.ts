import { explore, type Exploration, type ExploreOptions } from '../../space/architectures/exploration.js'
import { ElaborationFailure } from '../../space/values/elaboration-failure.js'
import { spaceOf } from '../../space/values/definitions.js'
import { printValue } from '../../space/values/print-value.js'
import type { Ir } from '../../ir/model/ir.js'
import { compileDiagram } from '../diagram/compile-diagram.js'
import type { Diagram } from '../diagram/diagram.js'
import { createContext, TooManyBuilds, type Misfit } from '../diagram/layer.js'
import { networkLayers } from '../layers/network-layers.js'
import { countPaths } from './analysis.js'

/** So many parts of networks are built within about a second. */
const usualBuilds = 10_000

const structures = new WeakMap<Ir, Map<string, Diagram>>()

/**
 * The diagram of a space without its constraints and costs: which decisions there are, when each exists, and which
 * combinations of options can be built.
 *
 * @param mostBuilds undefined is returned where more parts of networks would have to be built
 * @throws Failure NAS6131 if decisions hang together over so much of the network that there are too many states
 */
export function structureOf(
  ir: Ir,
  space: string,
  options: ExploreOptions,
  mostBuilds = usualBuilds,
): Diagram | undefined {
  const params = Object.entries(options.params).map(([name, value]) => `${name}=${printValue(value)}`)
  const declaration = spaceOf(ir, space)
  const key = [declaration.id, ...params.sort(), JSON.stringify([options.input, options.classes])].join('\n')
  const known = structures.get(ir) ?? new Map<string, Diagram>()
  structures.set(ir, known)
  const found = known.get(key)
  if (found) return found
  try {
    const context = createContext(ir, declaration, options, [], mostBuilds)
    const diagram = compileDiagram(networkLayers(context, []), [])
    known.set(key, diagram)
    return diagram
  } catch (error) {
    if (error instanceof TooManyBuilds) return undefined
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
export function misfitsOf(ir: Ir, space: string, options: ExploreOptions, mostBuilds: number): Misfits | undefined {
  const explored = exploredOf(ir, space, options)
  if ('isBuildable' in explored && explored.isBuildable) return undefined
  const diagram = structureOf(ir, space, options, mostBuilds)
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
