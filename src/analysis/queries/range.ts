import type { Architecture } from '../../space/architectures/architecture.js'
import type { Ir } from '../../ir/model/ir.js'
import {
  analysisOf,
  architectureOn,
  hasCostConstraints,
  positionOf,
  totalsFor,
  costQueryOf,
  type Analysis,
  type AnalysisOptions,
} from './analysis.js'
import { arcsBy } from '../costs/segments.js'
import type { Arc } from '../diagram/diagram.js'
import type { Quantity, QuantityName } from '../diagram/layer.js'
import type { Totals } from '../costs/totals.js'

export interface Extreme {
  readonly value: number
  /** An architecture that costs exactly this. */
  readonly architecture: Architecture
}

export interface CostRange {
  readonly least: Extreme
  readonly greatest: Extreme
}

/**
 * The least and the greatest cost of the architectures that satisfy all constraints, and one architecture that has each.
 *
 * @returns undefined if no architecture satisfies them
 * @throws Failure as `countArchitectures`
 */
export function costRange(
  ir: Ir,
  space: string,
  options: AnalysisOptions,
  quantity: QuantityName,
): CostRange | undefined {
  return rangeUnder(analysisOf(ir, space, options), quantity)
}

/** The same, of a space that is taken apart already. */
export function rangeUnder(analysis: Analysis, quantity: QuantityName | Quantity): CostRange | undefined {
  if (analysis.pathCount === 0n) return undefined
  const position = positionOf(analysis, quantity)
  if (!hasCostConstraints(analysis)) {
    const [least, greatest] = [extremeWay(analysis, position, 1), extremeWay(analysis, position, -1)]
    return { least, greatest }
  }
  const query = costQueryOf(analysis, [], position)
  const totals = totalsFor(analysis, query)
  const found = totals?.extremes(query.kind === 'interval' ? 0 : query.quantities.indexOf(position))
  if (!found) return undefined
  const at = (value: number): Extreme => {
    const exactly = costQueryOf(
      analysis,
      [{ quantity, least: value, most: value + (totals?.bucketWidth ?? 1) - 1 }],
      position,
    )
    const architecture = architectureOn(analysis, drawFirst(totalsFor(analysis, exactly)))
    return { value, architecture }
  }
  return { least: at(found.least), greatest: at(found.greatest) }
}

function drawFirst(totals: Totals | undefined): readonly Arc[] {
  return totals?.draw({ word: () => 0 }) ?? []
}

/** A path with the least cost times `sign`. */
function extremeWay(analysis: Analysis, position: number, sign: 1 | -1): Extreme {
  const { diagram } = analysis
  const best: number[][] = [[0]]
  for (const { arcs, next } of diagram.layers) {
    const before = best.at(-1) ?? []
    const after = Array.from({ length: next }, () => Infinity)
    for (const { from, to, costs } of arcs) {
      after[to] = Math.min(after[to] ?? Infinity, (before[from] ?? Infinity) + sign * (costs[position] ?? 0))
    }
    best.push(after)
  }
  const last = best.at(-1) ?? []
  let state = last.indexOf(Math.min(...last))
  const value = sign * (last[state] ?? 0)
  const path: Arc[] = []
  for (let layer = diagram.layers.length - 1; layer >= 0; layer--) {
    const before = best[layer] ?? []
    const target = best[layer + 1]?.[state]
    const arc = arcsBy(diagram, layer, 'to')
      .get(state)
      ?.find(({ from, costs }) => (before[from] ?? Infinity) + sign * (costs[position] ?? 0) === target)
    if (!arc) throw new Error('the best path leads back to the beginning')
    path.push(arc)
    state = arc.from
  }
  return { value: value === 0 ? 0 : value, architecture: architectureOn(analysis, path.reverse()) }
}
