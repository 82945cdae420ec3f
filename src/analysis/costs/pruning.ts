import type { Diagram } from '../diagram/diagram.js'
import { boundsOf, quantitiesOf, type CostQuery } from './cost-query.js'
import type { CostKeys } from './cost-keys.js'
import { costRanges } from './cost-ranges.js'
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

export function pruningFor<N>(
  arithmetic: Arithmetic<N>,
  diagram: Diagram,
  query: CostQuery,
  { valuesOf, unit }: CostKeys,
): Pruning<N> {
  const quantities = quantitiesOf(query)
  const bounds = boundsOf(query)
  const ranges = quantities.map((quantity) => costRanges(diagram, quantity))
  return (side, layer, state, sums, slack) => {
    const limits = bounds.map(({ least, most }, at) => {
      const rest = ranges[at]?.[side === 'before' ? 'after' : 'before'][layer]?.[state] ?? [0, 0]
      return { least: least - (slack[at] ?? 0) - rest[1], most: most - rest[0] }
    })
    const [only, ...others] = limits
    if (only && others.length === 0)
      return sliced(arithmetic, sums, Math.ceil(only.least / unit), Math.floor(only.most / unit))
    if (limits.every(({ least, most }) => least <= 0 && most === Infinity)) return sums
    return selected(arithmetic, sums, (key) =>
      valuesOf(key).every((value, at) => value >= (limits[at]?.least ?? 0) && value <= (limits[at]?.most ?? 0)),
    )
  }
}
