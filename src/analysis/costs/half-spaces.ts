import type { Budget } from '../../space/limits/budget.js'
import type { Diagram } from '../diagram/diagram.js'
import { boundsOf, quantitiesOf, type CostQuery } from './cost-query.js'
import { costRanges, type CostRanges } from './cost-ranges.js'

/** What bounds ask of a weighted sum of costs, the weights in the order of a query's quantities: not to be above a value. */
export interface HalfSpace {
  readonly weights: readonly number[]
  readonly most: number
}

/** A half-space with what its sum comes to along the paths of a diagram. */
export interface RangedHalfSpace extends HalfSpace {
  readonly ranges: CostRanges
}

/** Cutting planes for one pair of bounds: each is a way through the whole diagram. */
const mostPlanes = 24

/** Weights are no whole numbers: what is beyond by less than this part of all that is added up may be rounding. */
const precision = 1e-9

/**
 * Half-spaces that hold everything that is meant: one for each bound, and for each two bounds on different costs the weighted
 * sum of both that is broken first. Costs go along with each other: a network of few multiply-accumulates has few parameters,
 * and what neither bound alone tells of a partial path, the best sum of both does (Lagrangian duality; over decision diagrams,
 * Bergman, Cire and van Hoeve, _Lagrangian bounds from decision diagrams_, 2015).
 */
export function halfSpacesOf(diagram: Diagram, query: CostQuery, budget: Budget): readonly RangedHalfSpace[] {
  const quantities = quantitiesOf(query)
  const unit = (at: number, sign: 1 | -1): readonly number[] => quantities.map((_, index) => (index === at ? sign : 0))
  const single = boundsOf(query).flatMap(({ least, most }, at) => [
    ...(most < Infinity ? [{ at, half: { weights: unit(at, 1), most } }] : []),
    ...(least > 0 ? [{ at, half: { weights: unit(at, -1), most: -least } }] : []),
  ])
  const pairs = single.flatMap((first, index) =>
    single.slice(index + 1).flatMap((second) => {
      const share =
        first.at === second.at ? undefined : bestShare(diagram, quantities, [first.half, second.half], budget)
      return share === undefined ? [] : [blended(first.half, second.half, share)]
    }),
  )
  return [...single.map(({ half }) => half), ...pairs].map(({ weights, most }) => {
    const ranges = costRanges(diagram, (costs) => weightedSum(weights, quantities, costs))
    const size = Math.max(...[ranges.after[0]?.least[0] ?? 0, ranges.after[0]?.greatest[0] ?? 0, most].map(Math.abs))
    return { weights, most: most + precision * size, ranges }
  })
}

/** Whether bounds leave nothing, as far as one half-space by itself tells. */
export function isSurelyNone(diagram: Diagram, query: CostQuery, budget: Budget): boolean {
  return halfSpacesOf(diagram, query, budget).some(({ ranges, most }) => (ranges.after[0]?.least[0] ?? 0) > most)
}

function weightedSum(weights: readonly number[], quantities: readonly number[], costs: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < quantities.length; at++) sum += (weights[at] ?? 0) * (costs[quantities[at] ?? 0] ?? 0)
  return sum
}

function blended(first: HalfSpace, second: HalfSpace, share: number): HalfSpace {
  return {
    weights: first.weights.map((weight, at) => (1 - share) * weight + share * (second.weights[at] ?? 0)),
    most: (1 - share) * first.most + share * second.most,
  }
}

/** How far a path is beyond each of two bounds. */
type Excess = readonly [first: number, second: number]

/**
 * The share of the second of two bounds in the sum of both under which even the path nearest to that sum is as far beyond it as
 * it can be: the greatest value of a concave function, found by cutting planes. Undefined where one of the bounds tells as much.
 */
function bestShare(
  diagram: Diagram,
  quantities: readonly number[],
  [first, second]: readonly [HalfSpace, HalfSpace],
  budget: Budget,
): number | undefined {
  const nearest = (share: number): Excess => {
    budget.spend(diagram.layers.reduce((all, { arcs }) => all + arcs.length, 0))
    return nearestPath(diagram, quantities, [first, second], share)
  }
  const rising = ([a, b]: Excess): number => b - a
  let [left, right] = [nearest(0), nearest(1)]
  if (rising(left) <= 0 || rising(right) >= 0) return undefined
  for (let plane = 0; ; plane++) {
    const share = rising(left) === rising(right) ? 0 : (right[0] - left[0]) / (rising(left) - rising(right))
    const found = nearest(share)
    const [value, bound] = [at(found, share), at(left, share)]
    if (value >= bound - 1e-9 * Math.abs(bound) || plane === mostPlanes)
      return share > 0 && share < 1 ? share : undefined
    if (rising(found) > 0) left = found
    else right = found
  }
}

function at([first, second]: Excess, share: number): number {
  return (1 - share) * first + share * second
}

/** How far the path is beyond both bounds that is least beyond their sum; infinitely far where there is none. */
function nearestPath(
  { layers }: Diagram,
  quantities: readonly number[],
  [first, second]: readonly [HalfSpace, HalfSpace],
  share: number,
): Excess {
  let [ofFirst, ofSecond] = [new Float64Array(1).fill(-first.most), new Float64Array(1).fill(-second.most)]
  const sumAt = (state: number): number =>
    (1 - share) * (ofFirst[state] ?? Infinity) + share * (ofSecond[state] ?? Infinity)
  for (const { arcs, next } of layers) {
    const [toFirst, toSecond] = [new Float64Array(next).fill(Infinity), new Float64Array(next).fill(Infinity)]
    const least = new Float64Array(next).fill(Infinity)
    for (const { from, to, costs } of arcs) {
      const own = (ofFirst[from] ?? Infinity) + weightedSum(first.weights, quantities, costs)
      const other = (ofSecond[from] ?? Infinity) + weightedSum(second.weights, quantities, costs)
      const sum = at([own, other], share)
      if (!(sum < (least[to] ?? Infinity))) continue
      least[to] = sum
      toFirst[to] = own
      toSecond[to] = other
    }
    ;[ofFirst, ofSecond] = [toFirst, toSecond]
  }
  const best = ofFirst.reduce((found, _, state) => (sumAt(state) < sumAt(found) ? state : found), 0)
  return [ofFirst[best] ?? Infinity, ofSecond[best] ?? Infinity]
}
