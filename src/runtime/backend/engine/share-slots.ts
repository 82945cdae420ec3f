import { at } from '../../operations/support/element.js'
import type { Interval } from './interval.js'

export interface SharedSlots {
  /** By interval, the number of its slot. */
  readonly slots: Int32Array
  readonly count: number
}

/** Gives buffers of equal size as few slots as can be: as many as are alive at one time. */
export function shareSlots(intervals: readonly Interval[]): SharedSlots {
  const byStart = orderBy(intervals, ({ start }) => start)
  const byEnd = orderBy(intervals, ({ end }) => end)
  const slots = new Int32Array(intervals.length)
  const free: number[] = []
  let count = 0
  let ended = 0
  for (let position = 0; position < byStart.length; position++) {
    const index = at(byStart, position)
    const { start } = at(intervals, index)
    for (; at(intervals, at(byEnd, ended)).end < start; ended++) free.push(at(slots, at(byEnd, ended)))
    slots[index] = free.pop() ?? count++
  }
  return { slots, count }
}

/** Numbers of the intervals by their times, equal ones as they stand. */
function orderBy(intervals: readonly Interval[], timeOf: (interval: Interval) => number): Int32Array {
  const { length } = intervals
  // What nothing makes or reads lives at time -1.
  const keys = new Float64Array(length)
  intervals.forEach((interval, index) => (keys[index] = (timeOf(interval) + 1) * length + index))
  const order = new Int32Array(length)
  keys.sort().forEach((key, position) => (order[position] = key % length))
  return order
}
