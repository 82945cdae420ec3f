import type { Diagram } from '../diagram/diagram.js'

/** The least and the greatest of some sums; the first is infinite where there are none. */
export type CostRange = readonly [least: number, greatest: number]

/** Of one quantity, by cut and state: what paths to it cost, and paths on from it. */
export interface CostRanges {
  readonly before: readonly (readonly CostRange[])[]
  readonly after: readonly (readonly CostRange[])[]
}

const none: CostRange = [Infinity, -Infinity]

export function costRanges(diagram: Diagram, quantity: number): CostRanges {
  const before: (readonly CostRange[])[] = [[[0, 0]]]
  for (const { arcs, next } of diagram.layers) {
    const known = before.at(-1) ?? []
    const sums = Array.from({ length: next }, () => none)
    for (const { from, to, costs } of arcs)
      sums[to] = wider(sums[to] ?? none, known[from] ?? none, costs[quantity] ?? 0)
    before.push(sums)
  }
  const after: (readonly CostRange[])[] = [Array.from({ length: diagram.layers.at(-1)?.next ?? 1 }, () => [0, 0])]
  for (const { arcs, states } of diagram.layers.toReversed()) {
    const known = after.at(-1) ?? []
    const sums = Array.from({ length: states }, () => none)
    for (const { from, to, costs } of arcs)
      sums[from] = wider(sums[from] ?? none, known[to] ?? none, costs[quantity] ?? 0)
    after.push(sums)
  }
  return { before, after: after.reverse() }
}

function wider(own: CostRange, other: CostRange, cost: number): CostRange {
  return [Math.min(own[0], other[0] + cost), Math.max(own[1], other[1] + cost)]
}
