/** Two numbers of one architecture. */
export interface Pair {
  readonly x: number
  readonly y: number
}

/** How well two orders agree: 1 where they are the same, -1 where one is the other reversed. */
export interface RankCorrelation {
  /** Kendall's tau-b. Undefined where all of one side are equal: there is no order then. */
  readonly kendallTau: number | undefined
  /** Spearman's rho: Pearson's correlation of the ranks, ties at their mean rank. Undefined as above. */
  readonly spearman: number | undefined
}

export function rankCorrelation(pairs: readonly Pair[]): RankCorrelation {
  return { kendallTau: kendallTau(pairs), spearman: spearman(pairs) }
}

/**
 * Kendall's tau-b, which takes ties out of both sides (Kendall 1945), in n log n steps: with pairs sorted by x, those that
 * disagree are the swaps of a merge sort by y (Knight 1966).
 */
export function kendallTau(pairs: readonly Pair[]): number | undefined {
  const sorted = pairs.toSorted((a, b) => a.x - b.x || a.y - b.y)
  const all = pairsAmong(sorted.length)
  const tiedX = tiedPairs(sorted, (a, b) => a.x === b.x)
  const tiedBoth = tiedPairs(sorted, (a, b) => a.x === b.x && a.y === b.y)
  const ys = Float64Array.from(sorted, ({ y }) => y)
  const swaps = sortCountingSwaps(ys, new Float64Array(ys.length), 0, ys.length)
  const tiedY = tiedPairs([...ys], (a, b) => a === b)
  const scale = Math.sqrt((all - tiedX) * (all - tiedY))
  if (scale === 0) return undefined
  return clamped((all - tiedX - tiedY + tiedBoth - 2 * swaps) / scale)
}

/** Spearman's rho with mean ranks for ties. */
export function spearman(pairs: readonly Pair[]): number | undefined {
  const xs = meanRanks(pairs.map(({ x }) => x))
  const ys = meanRanks(pairs.map(({ y }) => y))
  const middle = (pairs.length + 1) / 2
  let [product, squaresX, squaresY] = [0, 0, 0]
  xs.forEach((rank, index) => {
    const [x, y] = [rank - middle, (ys[index] ?? middle) - middle]
    product += x * y
    squaresX += x * x
    squaresY += y * y
  })
  const scale = Math.sqrt(squaresX * squaresY)
  return scale === 0 ? undefined : clamped(product / scale)
}

/** Ranks from 1; equal values share the mean of theirs. */
export function meanRanks(values: readonly number[]): readonly number[] {
  const order = values.map((_, index) => index).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const ranks = new Array<number>(values.length).fill(0)
  for (let start = 0, end = 0; start < order.length; start = end) {
    const value = values[order[start] ?? 0]
    while (end < order.length && values[order[end] ?? 0] === value) end++
    for (const index of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2
  }
  return ranks
}

function pairsAmong(count: number): number {
  return (count * (count - 1)) / 2
}

/** Pairs within runs of neighbours that are equal. */
function tiedPairs<Item>(sorted: readonly Item[], equal: (a: Item, b: Item) => boolean): number {
  let tied = 0
  let run = 0
  sorted.forEach((item, index) => {
    const before = sorted[index - 1]
    run = before !== undefined && equal(before, item) ? run + 1 : 0
    tied += run
  })
  return tied
}

/** Sorts a stretch in place. @returns how many pairs of it stood in the wrong order */
function sortCountingSwaps(values: Float64Array, aside: Float64Array, start: number, end: number): number {
  if (end - start < 2) return 0
  const middle = (start + end) >> 1
  let swaps = sortCountingSwaps(values, aside, start, middle) + sortCountingSwaps(values, aside, middle, end)
  aside.set(values.subarray(start, end), start)
  for (let left = start, right = middle, at = start; at < end; at++) {
    const [a = Infinity, b = Infinity] = [aside[left], aside[right]]
    if (left < middle && (right >= end || a <= b)) {
      values[at] = a
      left++
    } else {
      values[at] = b
      right++
      swaps += middle - left
    }
  }
  return swaps
}

/** Rounding must not take a correlation beyond what it can be. */
function clamped(value: number): number {
  return Math.max(-1, Math.min(1, value))
}
