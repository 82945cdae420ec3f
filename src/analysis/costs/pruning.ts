import type { Diagram } from '../diagram/diagram.js'
import { boundsOf, quantitiesOf, type CostQuery } from './cost-query.js'
import type { CostKeys } from './cost-keys.js'
import { costRanges } from './cost-ranges.js'
import type { RangedHalfSpace } from './half-spaces.js'
import { selected, sliced, type Arithmetic, type Sums } from './sums.js'

/** Leaves out sums of partial paths that no rest can make a path that is meant. */
export interface Pruning<N> {
  /**
   * @param side  whether the sums are of paths to a state, or on from it
   * @param layer number of the layer that the state stands before
   * @param slack how far each cost may lie above its key
   */
  (side: 'before' | 'after', layer: number, state: number, sums: Sums<N>, slack: readonly number[]): Sums<N>
}

/** @param halfSpaces those in which everything lies that is meant; see {@link halfSpacesOf} */
export function pruningFor<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  keys: CostKeys,
  halfSpaces: readonly RangedHalfSpace[],
): Pruning<N> {
  const [only = 0, ...others] = quantitiesOf(query)
  if (others.length === 0) return intervalPruning(arithmetic, diagram, query, keys, only)
  return halfSpacePruning(arithmetic, keys, halfSpaces)
}

function intervalPruning<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  { unit }: CostKeys,
  quantity: number,
): Pruning<N> {
  const ranges = costRanges(diagram, (costs) => costs[quantity] ?? 0)
  const [bounds = { least: -Infinity, most: Infinity }] = boundsOf(query)
  return (side, layer, state, sums, [slack = 0]) => {
    const { least, greatest } = ranges[side === 'before' ? 'after' : 'before'][layer] ?? {}
    const low = bounds.least - slack - (greatest?.[state] ?? 0)
    const high = bounds.most - (least?.[state] ?? 0)
    return sliced(arithmetic, sums, Math.ceil(low / unit), Math.floor(high / unit))
  }
}

function halfSpacePruning<N>(
  arithmetic: Arithmetic<N>,
  { readInto }: CostKeys,
  halfSpaces: readonly RangedHalfSpace[],
): Pruning<N> {
  const values = new Float64Array(halfSpaces[0]?.weights.length ?? 0)
  return (side, layer, state, sums, slack) => {
    if (halfSpaces.length === 0) return sums
    const limits = halfSpaces.map(({ weights, ranges, most }) => {
      const least = ranges[side === 'before' ? 'after' : 'before'][layer]?.least[state] ?? 0
      const hidden = weights.reduce((all, weight, at) => all + Math.min(0, weight * (slack[at] ?? 0)), 0)
      return { weights, most: most - least - hidden }
    })
    return selected(arithmetic, sums, (key) => {
      readInto(key, values)
      return limits.every(({ weights, most }) => {
        let sum = 0
        for (let at = 0; at < values.length; at++) sum += (weights[at] ?? 0) * (values[at] ?? 0)
        return sum <= most
      })
    })
  }
}
