import type { Decision } from '../../space/decisions/decision.js'
import type { Arc, Diagram } from './diagram.js'
import { withoutDeadEnds } from './dead-ends.js'

/** The paths of a diagram that take none of some options. */
export function withoutOptions(diagram: Diagram, isLeftOut: (decision: Decision, option: number) => boolean): Diagram {
  const isFree = ({ selections }: Arc): boolean =>
    selections.every(({ decision, options }) => !options.some((option) => isLeftOut(decision, option)))
  const layers = diagram.layers.map((layer) => ({ ...layer, arcs: layer.arcs.filter(isFree) }))
  return { ...diagram, layers: withoutDeadEnds(layers) }
}
