import { at } from '../../operations/support/element.js'
import { shareSlots } from './share-slots.js'

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

/** Of the memory that must be had anyway: what the smallest buffers may take together, even if none shared with another. */
const SMALL_SHARE = 0.001

/**
 * Gives every buffer an offset so that buffers that are alive at the same time do not overlap. Greedy by size: the largest
 * first, each into the smallest gap that holds it (Pisarchyk and Lee, Efficient Memory Management for Deep Neural Net
 * Inference, 2020, section 5.2). That looks at every pair of buffers; of a network's, most are statistics and gradients
 * of batch norms, which together are next to nothing. These share slots of their own size behind the others.
 */
export function packIntervals(intervals: readonly Interval[]): Packing {
  const liveBytes = greatestLoad(intervals)
  const order = fromLargest(intervals)
  const firstSmall = firstSmallOf(intervals, order, SMALL_SHARE * liveBytes)
  const offsets = new Array<number>(intervals.length).fill(0)
  const placed = openPlacedIntervals(firstSmall)
  let bytes = 0
  for (let position = 0; position < firstSmall; position++) {
    const index = at(order, position)
    const interval = at(intervals, index)
    const from = gapFor(placed, interval)
    offsets[index] = from
    bytes = Math.max(bytes, from + interval.bytes)
    insert(placed, from, interval)
  }
  for (let first = firstSmall, next = first; first < order.length; first = next) {
    const size = sizeAt(intervals, at(order, first))
    while (next < order.length && sizeAt(intervals, at(order, next)) === size) next++
    const alike = order.subarray(first, next)
    const { slots, count } = shareSlots(Array.from(alike, (index) => at(intervals, index)))
    for (let i = 0; i < alike.length; i++) offsets[at(alike, i)] = bytes + size * at(slots, i)
    bytes += size * count
  }
  return { offsets, bytes, liveBytes }
}

/** Numbers of the intervals, the largest first, equal ones as they stand. */
function fromLargest(intervals: readonly Interval[]): Int32Array {
  const { length } = intervals
  const largest = intervals.reduce((most, { bytes }) => Math.max(most, bytes), 0)
  // A number per interval, which sorts by size and then by place without a call per comparison.
  const keys = new Float64Array(length)
  for (let index = 0; index < length; index++) keys[index] = (largest - sizeAt(intervals, index)) * length + index
  const order = new Int32Array(length)
  keys.sort().forEach((key, position) => (order[position] = key % length))
  return order
}

/** In the order from the largest to the smallest, where those of the sizes begin that take `most` bytes together. */
function firstSmallOf(intervals: readonly Interval[], order: Int32Array, most: number): number {
  let first = order.length
  let sum = 0
  for (let position = order.length - 1; position >= 0; position--) {
    const size = sizeAt(intervals, at(order, position))
    sum += size
    if (sum > most) break
    if (position === 0 || sizeAt(intervals, at(order, position - 1)) !== size) first = position
  }
  return first
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
  places.from.copyWithin(position + 1, position, places.count)
  places.to.copyWithin(position + 1, position, places.count)
  places.start.copyWithin(position + 1, position, places.count)
  places.end.copyWithin(position + 1, position, places.count)
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
  return at(intervals, index).bytes
}

/** The greatest sum of bytes alive at one time. */
function greatestLoad(intervals: readonly Interval[]): number {
  const first = intervals.reduce((least, { start }) => Math.min(least, start), 0)
  const last = intervals.reduce((most, { end }) => Math.max(most, end), 0)
  /** By time, bytes that come to life less those that have died. */
  const changes = new Float64Array(last - first + 2)
  intervals.forEach(({ bytes, start, end }) => {
    changes[start - first] = at(changes, start - first) + bytes
    changes[end + 1 - first] = at(changes, end + 1 - first) - bytes
  })
  let load = 0
  return changes.reduce((greatest, change) => Math.max(greatest, (load += change)), 0)
}
