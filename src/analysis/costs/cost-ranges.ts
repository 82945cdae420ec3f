import type { Diagram } from '../diagram/diagram.js'

/** What is added along a path, by what its arcs cost. */
export type CostOf = (costs: readonly number[]) => number

/** The least and the greatest of some sums, by state; the first is infinite where there are none. */
export interface CostRange {
  readonly least: Float64Array
  readonly greatest: Float64Array
}

/** Of one cost, by cut: what paths to each state cost, and paths on from it. */
export interface CostRanges {
  readonly before: readonly CostRange[]
  readonly after: readonly CostRange[]
}

export function costRanges({ layers }: Diagram, costOf: CostOf): CostRanges {
  const before = [noCosts(1)]
  for (const { arcs, next } of layers) {
    const [known, own] = [before.at(-1) ?? nothing(1), nothing(next)]
    for (const { from, to, costs } of arcs) widen(own, to, known, from, costOf(costs))
    before.push(own)
  }
  const after = [noCosts(layers.at(-1)?.next ?? 1)]
  for (const { arcs, states } of layers.toReversed()) {
    const [known, own] = [after.at(-1) ?? nothing(1), nothing(states)]
    for (const { from, to, costs } of arcs) widen(own, from, known, to, costOf(costs))
    after.push(own)
  }
  return { before, after: after.reverse() }
}

function noCosts(states: number): CostRange {
  return { least: new Float64Array(states), greatest: new Float64Array(states) }
}

function nothing(states: number): CostRange {
  return { least: new Float64Array(states).fill(Infinity), greatest: new Float64Array(states).fill(-Infinity) }
}

function widen(own: CostRange, at: number, other: CostRange, from: number, cost: number): void {
  own.least[at] = Math.min(own.least[at] ?? Infinity, (other.least[from] ?? Infinity) + cost)
  own.greatest[at] = Math.max(own.greatest[at] ?? -Infinity, (other.greatest[from] ?? -Infinity) + cost)
}
