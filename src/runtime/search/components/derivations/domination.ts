/** Objectives of one thing, each the greater the better. */
export type Objectives = readonly number[]

/** Whether one is nowhere worse than another, and better somewhere. */
export function dominates(one: Objectives, other: Objectives): boolean {
  return one.every((value, i) => value >= (other[i] ?? NaN)) && one.some((value, i) => value > (other[i] ?? NaN))
}

/**
 * Indices by fronts: the first is dominated by nothing, each further one by fronts before it alone (Deb et al., A fast and elitist
 * multiobjective genetic algorithm: NSGA-II, IEEE TEC 6(2), 2002, section III-A).
 */
export function frontsOf(all: readonly Objectives[]): readonly (readonly number[])[] {
  const worse = all.map((one) => all.flatMap((other, index) => (dominates(one, other) ? [index] : [])))
  const better = all.map(() => 0)
  for (const index of worse.flat()) better[index] = (better[index] ?? 0) + 1
  const fronts: number[][] = []
  let front = better.flatMap((count, index) => (count === 0 ? [index] : []))
  while (front.length > 0) {
    fronts.push(front)
    const next: number[] = []
    for (const index of front.flatMap((each) => worse[each] ?? [])) {
      const left = (better[index] ?? 0) - 1
      better[index] = left
      if (left === 0) next.push(index)
    }
    front = next.sort((a, b) => a - b)
  }
  return fronts
}

/**
 * How far apart the neighbours of each of a front lie, summed over the objectives in shares of their ranges; infinite at the ends
 * (the same, section III-B).
 */
export function crowdingOf(front: readonly Objectives[]): readonly number[] {
  const distances = front.map(() => 0)
  const count = front[0]?.length ?? 0
  for (let objective = 0; objective < count; objective++) {
    const value = (index: number | undefined): number => front[index ?? -1]?.[objective] ?? NaN
    const order = front.map((_, index) => index).sort((a, b) => value(a) - value(b))
    const range = value(order.at(-1)) - value(order[0])
    order.forEach((index, place) => {
      const isEnd = place === 0 || place === order.length - 1
      const gap = isEnd ? Infinity : range === 0 ? 0 : (value(order[place + 1]) - value(order[place - 1])) / range
      distances[index] = (distances[index] ?? 0) + gap
    })
  }
  return distances
}
