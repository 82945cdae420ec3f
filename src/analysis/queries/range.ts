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
import { quantitiesOf } from '../costs/cost-query.js'
import { createWords, type RandomWords } from '../costs/random-choice.js'
import type { Totals } from '../costs/totals.js'
import { unresolved } from './unresolved.js'

export interface Extreme {
  readonly value: number
  /** An architecture that costs exactly this. */
  readonly architecture: Architecture
  /**
   * Only where there are too many sums of costs to tell whether `value` is the extreme: no architecture costs less than this
   * (more, of the greatest).
   */
  readonly bound?: number
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
    const [least, greatest] = [extremePath(analysis, position, 1), extremePath(analysis, position, -1)]
    return { least, greatest }
  }
  const query = costQueryOf(analysis, [], position)
  const at = quantitiesOf(query).indexOf(position)
  const totals = totalsFor(analysis, query)
  const found = totals.blur === 0 ? totals.extremes(at) : totals.possibleExtremes(at)
  if (!found) return undefined
  const extreme = (sign: 1 | -1): Extreme => {
    const bound = sign === 1 ? found.least : found.greatest
    return totals.blur === 0 ? exactExtreme(analysis, quantity, bound) : nearestExtreme(analysis, quantity, bound, sign)
  }
  return { least: extreme(1), greatest: extreme(-1) }
}

/** An architecture with a cost that some have. */
function exactExtreme(analysis: Analysis, quantity: QuantityName | Quantity, value: number): Extreme {
  const query = costQueryOf(analysis, [{ quantity, least: value, most: value }], positionOf(analysis, quantity))
  const path = totalsFor(analysis, query).draw(createWords())
  if (!path) throw new Error('a cost that was counted can be drawn')
  return { value, architecture: architectureOn(analysis, path) }
}

const rounds = 3
const drawsEach = 200

/**
 * The architecture nearest to a bound among some that are drawn, then among some that are nearer, and so on.
 *
 * @throws Failure NAS6141 if none is met
 */
function nearestExtreme(analysis: Analysis, quantity: QuantityName | Quantity, bound: number, sign: 1 | -1): Extreme {
  const position = positionOf(analysis, quantity)
  const words = createWords()
  let best: { readonly value: number; readonly path: readonly Arc[] } | undefined
  for (let round = 0; round < rounds && best?.value !== bound; round++) {
    const beyond = best === undefined ? sign * Infinity : best.value - sign
    const window = { quantity, least: Math.min(bound, beyond), most: Math.max(bound, beyond) }
    const totals = totalsFor(analysis, costQueryOf(analysis, [window], position))
    // Nothing is nearer, for sure.
    if (best && totals.count + totals.leftOut === 0n)
      return { value: best.value, architecture: architectureOn(analysis, best.path) }
    const near = nearestOf(totals, words, position, sign)
    if (!near && !best) throw unresolved(analysis, totals)
    if (!near) break
    best = near
  }
  if (!best) throw new Error('something is found or a failure is thrown')
  const { value, path } = best
  return { value, architecture: architectureOn(analysis, path), ...(value === bound ? {} : { bound }) }
}

function nearestOf(
  totals: Totals,
  words: RandomWords,
  position: number,
  sign: 1 | -1,
): { readonly value: number; readonly path: readonly Arc[] } | undefined {
  let best: { readonly value: number; readonly path: readonly Arc[] } | undefined
  for (let draw = 0; draw < drawsEach; draw++) {
    const path = totals.draw(words)
    if (!path) return best
    const value = path.reduce((sum, { costs }) => sum + (costs[position] ?? 0), 0)
    if (!best || sign * value < sign * best.value) best = { value, path }
  }
  return best
}

/** A path with the least cost times `sign`. */
function extremePath(analysis: Analysis, position: number, sign: 1 | -1): Extreme {
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
