import { at } from '../../operations/support/element.js'
import { lifetimeOf, type Interval } from './interval.js'
import { openPlacedIntervals } from './placed-intervals.js'
import { shareSlots } from './share-slots.js'

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
  const placed = openPlacedIntervals(Array.from(order.subarray(0, firstSmall), (index) => at(intervals, index)))
  let bytes = 0
  for (let position = 0; position < firstSmall; position++) {
    const index = at(order, position)
    const interval = at(intervals, index)
    const from = placed.gapFor(position)
    offsets[index] = from
    bytes = Math.max(bytes, from + interval.bytes)
    placed.insert(position, from)
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
  let largest = 0
  for (let index = 0; index < length; index++) largest = Math.max(largest, sizeAt(intervals, index))
  // A number per interval, which sorts by size and then by place without a call per comparison.
  const keys = new Float64Array(length)
  for (let index = 0; index < length; index++) keys[index] = (largest - sizeAt(intervals, index)) * length + index
  const order = new Int32Array(length)
  keys.sort()
  for (let position = 0; position < length; position++) order[position] = at(keys, position) % length
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

function sizeAt(intervals: readonly Interval[], index: number): number {
  return at(intervals, index).bytes
}

/** The greatest sum of bytes alive at one time. */
function greatestLoad(intervals: readonly Interval[]): number {
  const { first, last } = lifetimeOf(intervals)
  /** By time, bytes that come to life less those that have died. */
  const changes = new Float64Array(last - first + 2)
  for (let index = 0; index < intervals.length; index++) {
    const { bytes, start, end } = at(intervals, index)
    changes[start - first] = at(changes, start - first) + bytes
    changes[end + 1 - first] = at(changes, end + 1 - first) - bytes
  }
  let load = 0
  let greatest = 0
  for (let time = 0; time < changes.length; time++) {
    load += at(changes, time)
    if (load > greatest) greatest = load
  }
  return greatest
}
