import { at } from '../../operations/support/element.js'

/** A buffer alive from `start` to `end`, both included, in steps of the program. */
export interface Interval {
  readonly bytes: number
  readonly start: number
  readonly end: number
}

/** From the first step in which any of them is alive, 0 at the latest, to the last one. */
export function lifetimeOf(intervals: readonly Interval[]): { readonly first: number; readonly last: number } {
  let first = 0
  let last = 0
  for (let index = 0; index < intervals.length; index++) {
    const { start, end } = at(intervals, index)
    if (start < first) first = start
    if (end > last) last = end
  }
  return { first, last }
}
