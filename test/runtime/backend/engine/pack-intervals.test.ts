import { expect, it } from 'vitest'
import type { Interval } from '../../../../src/runtime/backend/engine/interval.js'
import { packIntervals } from '../../../../src/runtime/backend/engine/pack-intervals.js'
import { createRandom } from '../../../../src/runtime/random/random.js'

/** The rule word for word: the largest first, each into the smallest gap between all those alive at the same time. */
function packedByTheRule(intervals: readonly Interval[]): readonly number[] {
  const offsets = new Map<Interval, number>()
  const bySize = [...intervals].sort((a, b) => b.bytes - a.bytes || intervals.indexOf(a) - intervals.indexOf(b))
  for (const interval of bySize) {
    const others = [...offsets]
      .filter(([{ start, end }]) => start <= interval.end && end >= interval.start)
      .map(([{ bytes }, from]) => ({ from, to: from + bytes }))
      .sort((a, b) => a.from - b.from)
    const gaps: { readonly from: number; readonly bytes: number }[] = []
    let free = 0
    for (const { from, to } of others) {
      if (from - free >= interval.bytes) gaps.push({ from: free, bytes: from - free })
      free = Math.max(free, to)
    }
    const smallest = gaps.sort((a, b) => a.bytes - b.bytes || a.from - b.from)[0]
    offsets.set(interval, smallest?.from ?? free)
  }
  return intervals.map((interval) => offsets.get(interval) ?? -1)
}

it.each([0, 1, 2, 3, 4, 5, 6, 7])(
  'gives every buffer the place that the rule gives it, however long it lives (%i)',
  (seed) => {
    const random = createRandom(seed).stream('buffers')
    const steps = 1 + random.integer(400)
    const intervals = Array.from({ length: 200 }, (): Interval => {
      const start = random.integer(steps)
      const length = random.integer(4) === 0 ? random.integer(steps) : random.integer(4)
      return { bytes: 64 * (4 + random.integer(8)), start, end: Math.min(steps, start + length) }
    })
    expect(packIntervals(intervals).offsets).toEqual(packedByTheRule(intervals))
  },
)
