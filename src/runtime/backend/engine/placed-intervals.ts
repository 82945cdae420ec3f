import { at } from '../../operations/support/element.js'
import { lifetimeOf, type Interval } from './interval.js'

/** Buffers that get their places one after the other. */
export interface PlacedIntervals {
  /**
   * The offset of the smallest gap between those that are alive at the same time as a buffer and that holds it, or the place
   * behind all of them.
   */
  gapFor(index: number): number
  insert(index: number, offset: number): void
}

/** Into how many spans time is divided. */
const SPANS = 16

/**
 * Buffers that get their places one after the other, each by its number.
 *
 * Every buffer is looked at for every other that comes after it. Most live for a few steps of the program, though, and need not
 * look at what was dead by then or comes later: time is divided into spans, and a buffer that lives in one of them looks at
 * those alive in that span.
 */
export function openPlacedIntervals(intervals: readonly Interval[]): PlacedIntervals {
  const table = tableOf(intervals)
  const spanOf = spansOf(intervals)
  const whole = openList(intervals.length)
  const counts = new Int32Array(SPANS)
  eachSpan((span) => (counts[span] = (counts[span] ?? 0) + 1))
  const lists = Array.from(counts, openList)
  return {
    gapFor(index) {
      const span = spanOf(at(table.start, index))
      return gapIn(span === spanOf(at(table.end, index)) ? at(lists, span) : whole, table, index)
    },
    insert(index, offset) {
      table.from[index] = offset
      insertInto(whole, table, index)
      const last = spanOf(at(table.end, index))
      for (let span = spanOf(at(table.start, index)); span <= last; span++) insertInto(at(lists, span), table, index)
    },
  }

  function eachSpan(visit: (span: number) => void): void {
    for (let index = 0; index < intervals.length; index++) {
      const last = spanOf(at(table.end, index))
      for (let span = spanOf(at(table.start, index)); span <= last; span++) visit(span)
    }
  }
}

/** By number of a buffer; flat, since every one of them is looked at for many others. */
interface Table {
  readonly bytes: Float64Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** Offsets of those that have a place. */
  readonly from: Float64Array
}

function tableOf(intervals: readonly Interval[]): Table {
  const { length } = intervals
  const bytes = new Float64Array(length)
  const start = new Int32Array(length)
  const end = new Int32Array(length)
  for (let index = 0; index < length; index++) {
    const interval = at(intervals, index)
    bytes[index] = interval.bytes
    start[index] = interval.start
    end[index] = interval.end
  }
  return { bytes, start, end, from: new Float64Array(length) }
}

/** The number of the span that a time lies in. */
function spansOf(intervals: readonly Interval[]): (time: number) => number {
  const { first, last } = lifetimeOf(intervals)
  const length = (last - first + 1) / SPANS
  return (time) => Math.floor((time - first) / length)
}

/** Numbers of buffers, by offset. */
interface PlacedList {
  count: number
  readonly indices: Int32Array
}

function openList(capacity: number): PlacedList {
  return { count: 0, indices: new Int32Array(capacity) }
}

function gapIn({ count, indices }: PlacedList, { bytes, start, end, from }: Table, index: number): number {
  const needed = at(bytes, index)
  const first = at(start, index)
  const last = at(end, index)
  let free = 0
  let best = -1
  let bestGap = Infinity
  for (let i = 0; i < count; i++) {
    const other = indices[i] ?? 0
    if ((start[other] ?? 0) > last || (end[other] ?? 0) < first) continue
    const offset = from[other] ?? 0
    const gap = offset - free
    if (gap >= needed && gap < bestGap) {
      best = free
      bestGap = gap
      // None is smaller.
      if (gap === needed) break
    }
    const behind = offset + (bytes[other] ?? 0)
    if (behind > free) free = behind
  }
  return best < 0 ? free : best
}

function insertInto(list: PlacedList, { from }: Table, index: number): void {
  const position = positionOf(list, from, at(from, index))
  if (position < list.count) list.indices.copyWithin(position + 1, position, list.count)
  list.indices[position] = index
  list.count++
}

/** First position whose offset is not below another, by bisection. */
function positionOf({ indices, count }: PlacedList, from: Float64Array, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((from[indices[middle] ?? 0] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
