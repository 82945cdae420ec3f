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
  const placed = openPlacedIntervals(intervals.length)
  let bytes = 0
  for (const index of order) {
    const interval = intervals[index]
    if (interval === undefined) continue
    const from = gapFor(placed, interval)
    offsets[index] = from
    bytes = Math.max(bytes, from + interval.bytes)
    insert(placed, from, interval)
  }
  return { offsets, bytes, liveBytes: greatestLoad(intervals) }
}

/** Buffers placed so far, by offset; flat, since every one of them is looked at for every other. */
interface PlacedIntervals {
  count: number
  readonly from: Float64Array
  readonly to: Float64Array
  readonly start: Int32Array
  readonly end: Int32Array
}

function openPlacedIntervals(capacity: number): PlacedIntervals {
  return {
    count: 0,
    from: new Float64Array(capacity),
    to: new Float64Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
  }
}

/** The smallest gap between buffers alive at the same time, or the place behind all of them. */
function gapFor({ count, from, to, start, end }: PlacedIntervals, interval: Interval): number {
  let free = 0
  let best = -1
  let bestGap = Infinity
  for (let i = 0; i < count; i++) {
    if ((start[i] ?? 0) > interval.end || (end[i] ?? 0) < interval.start) continue
    const gap = (from[i] ?? 0) - free
    if (gap >= interval.bytes && gap < bestGap) {
      best = free
      bestGap = gap
    }
    const behind = to[i] ?? 0
    if (behind > free) free = behind
  }
  return best < 0 ? free : best
}

function insert(places: PlacedIntervals, from: number, { bytes, start, end }: Interval): void {
  const position = positionOf(places, from)
  for (const field of [places.from, places.to, places.start, places.end])
    field.copyWithin(position + 1, position, places.count)
  places.from[position] = from
  places.to[position] = from + bytes
  places.start[position] = start
  places.end[position] = end
  places.count++
}

/** First position whose offset is not below `from`, by bisection. */
function positionOf(places: PlacedIntervals, from: number): number {
  let low = 0
  let high = places.count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places.from[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

function sizeAt(intervals: readonly Interval[], index: number): number {
  return intervals[index]?.bytes ?? 0
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
