import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Interval } from '../../../../src/runtime/backend/engine/interval.js'
import { packIntervals } from '../../../../src/runtime/backend/engine/pack-intervals.js'
import { shareSlots } from '../../../../src/runtime/backend/engine/share-slots.js'

const lives = fc
  .record({ start: fc.integer({ min: -1, max: 30 }), length: fc.nat(12) })
  .map(({ start, length }) => ({ start, end: start + length }))

/** Greatest number of intervals that are alive at one time. */
function aliveTogether(intervals: readonly Interval[]): number {
  return Math.max(
    ...Array.from(
      { length: 50 },
      (_, i) => intervals.filter(({ start, end }) => start <= i - 1 && end >= i - 1).length,
    ),
  )
}

function overlap(a: Interval, b: Interval): boolean {
  return a.start <= b.end && b.start <= a.end
}

it('buffers of one size take as many slots as are alive at one time, and none that another alive has', () => {
  fc.assert(
    fc.property(fc.array(lives, { minLength: 1, maxLength: 40 }), (found) => {
      const intervals = found.map((life) => ({ ...life, bytes: 64 }))
      const { slots, count } = shareSlots(intervals)
      expect(count).toBe(aliveTogether(intervals))
      intervals.forEach((a, i) => {
        intervals.slice(0, i).forEach((b, j) => {
          if (overlap(a, b)) expect(slots[i]).not.toBe(slots[j])
        })
      })
    }),
    { seed: 11 },
  )
})

it('many small buffers beside a large one share their slots behind it', () => {
  const large = { bytes: 64 * 2 ** 20, start: 0, end: 30 }
  fc.assert(
    fc.property(
      fc
        .array(fc.tuple(lives, fc.constantFrom(64, 128, 256)), { maxLength: 60 })
        .map((all) => [large, ...all.map(([life, bytes]): Interval => ({ ...life, bytes }))]),
      (intervals) => {
        const { offsets, bytes, liveBytes } = packIntervals(intervals)
        const classes = [64, 128, 256].map((size) => intervals.filter((each) => each.bytes === size))
        expect(bytes).toBe(
          large.bytes + classes.reduce((sum, all) => sum + (all[0]?.bytes ?? 0) * aliveTogether(all), 0),
        )
        expect(liveBytes).toBeLessThanOrEqual(bytes)
        intervals.forEach((a, i) => {
          intervals.slice(0, i).forEach((b, j) => {
            if (!overlap(a, b)) return
            const [from, other] = [offsets[i] ?? NaN, offsets[j] ?? NaN]
            expect(from + a.bytes <= other || other + b.bytes <= from).toBe(true)
          })
        })
      },
    ),
    { seed: 12 },
  )
})
