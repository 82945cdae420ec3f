import { at } from '../../operations/support/element.js'
import type { Interval } from './pack-intervals.js'

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
  for (const index of byStart) {
    const { start } = at(intervals, index)
    for (; at(intervals, at(byEnd, ended)).end < start; ended++) free.push(at(slots, at(byEnd, ended)))
    slots[index] = free.pop() ?? count++
  }
  return { slots, count }
}

function orderBy(intervals: readonly Interval[], timeOf: (interval: Interval) => number): readonly number[] {
  const times = intervals.map(timeOf)
  return [...times.keys()].sort((a, b) => at(times, a) - at(times, b))
}
