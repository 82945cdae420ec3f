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
      insertInto(whole, table, index, offset)
      const last = spanOf(at(table.end, index))
      for (let span = spanOf(at(table.start, index)); span <= last; span++) {
        insertInto(at(lists, span), table, index, offset)
      }
    },
  }

  function eachSpan(visit: (span: number) => void): void {
    for (let index = 0; index < intervals.length; index++) {
      const last = spanOf(at(table.end, index))
      for (let span = spanOf(at(table.start, index)); span <= last; span++) visit(span)
    }
  }
}

/** By number of a buffer. */
interface Table {
  readonly bytes: Float64Array
  readonly start: Int32Array
  readonly end: Int32Array
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
  return { bytes, start, end }
}

/** The number of the span that a time lies in. */
function spansOf(intervals: readonly Interval[]): (time: number) => number {
  const { first, last } = lifetimeOf(intervals)
  const length = (last - first + 1) / SPANS
  return (time) => Math.floor((time - first) / length)
}

/** Buffers that have a place, by offset. Every one of them is looked at for many others: what is looked at lies side by side. */
interface PlacedList {
  count: number
  readonly from: Float64Array
  /** The offset behind it. */
  readonly behind: Float64Array
  readonly start: Int32Array
  readonly end: Int32Array
}

function openList(capacity: number): PlacedList {
  return {
    count: 0,
    from: new Float64Array(capacity),
    behind: new Float64Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
  }
}

function gapIn(list: PlacedList, table: Table, index: number): number {
  const { count, from, behind, start, end } = list
  const needed = at(table.bytes, index)
  const first = at(table.start, index)
  const last = at(table.end, index)
  let free = 0
  let best = -1
  let bestGap = Infinity
  for (let i = 0; i < count; i++) {
    if ((start[i] ?? 0) > last || (end[i] ?? 0) < first) continue
    const gap = (from[i] ?? 0) - free
    if (gap >= needed && gap < bestGap) {
      best = free
      bestGap = gap
      // None is smaller.
      if (gap === needed) break
    }
    const next = behind[i] ?? 0
    if (next > free) free = next
  }
  return best < 0 ? free : best
}

function insertInto(list: PlacedList, { bytes, start, end }: Table, index: number, offset: number): void {
  const position = positionOf(list, offset)
  for (const column of [list.from, list.behind, list.start, list.end]) {
    if (position < list.count) column.copyWithin(position + 1, position, list.count)
  }
  list.from[position] = offset
  list.behind[position] = offset + at(bytes, index)
  list.start[position] = at(start, index)
  list.end[position] = at(end, index)
  list.count++
}

/** First position whose offset is not below another, by bisection. */
function positionOf({ from, count }: PlacedList, offset: number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >> 1
    if ((from[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
