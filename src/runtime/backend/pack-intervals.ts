/** A buffer alive from `start` to `end`, both included, in steps of the program. */
export interface Interval {
  readonly bytes: number
  readonly start: number
  readonly end: number
}

export interface Packing {
  readonly offsets: readonly number[]
  readonly bytes: number
  /** Lower bound of any packing. */
  readonly liveBytes: number
}

/**
 * Gives every buffer an offset so that buffers that are alive at the same time do not overlap. Greedy by size: the largest
 * first, each into the smallest gap that holds it (Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net
 * Inference, 2020, section 5.2).
 */
export function packIntervals(intervals: readonly Interval[]): Packing {
  const order = intervals.map((_, index) => index).sort((a, b) => sizeAt(intervals, b) - sizeAt(intervals, a) || a - b)
  const offsets = new Array<number>(intervals.length).fill(0)
  // Placed so far, by offset.
  const placed: { readonly from: number; readonly to: number; readonly start: number; readonly end: number }[] = []
  let bytes = 0
  for (const index of order) {
    const interval = intervals[index]
    if (interval === undefined) continue
    let free = 0
    let best = -1
    let bestGap = Infinity
    for (const other of placed) {
      if (other.start > interval.end || other.end < interval.start) continue
      const gap = other.from - free
      if (gap >= interval.bytes && gap < bestGap) {
        best = free
        bestGap = gap
      }
      if (other.to > free) free = other.to
    }
    const from = best < 0 ? free : best
    offsets[index] = from
    bytes = Math.max(bytes, from + interval.bytes)
    placed.splice(positionOf(placed, from), 0, {
      from,
      to: from + interval.bytes,
      start: interval.start,
      end: interval.end,
    })
  }
  return { offsets, bytes, liveBytes: greatestLoad(intervals) }
}

function sizeAt(intervals: readonly Interval[], index: number): number {
  return intervals[index]?.bytes ?? 0
}

/** First position whose offset is not below `from`, by bisection. */
function positionOf(placed: readonly { readonly from: number }[], from: number): number {
  let low = 0
  let high = placed.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((placed[middle]?.from ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

function greatestLoad(intervals: readonly Interval[]): number {
  const changes = intervals.flatMap(({ bytes, start, end }) => [
    { time: start, bytes },
    { time: end + 1, bytes: -bytes },
  ])
  changes.sort((a, b) => a.time - b.time || a.bytes - b.bytes)
  let load = 0
  let greatest = 0
  for (const change of changes) {
    load += change.bytes
    greatest = Math.max(greatest, load)
  }
  return greatest
}
