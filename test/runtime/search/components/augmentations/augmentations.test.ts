import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openAugmentation } from '../../../../../src/runtime/search/components/augmentations/index.js'
import type { Argument } from '../../../../../src/runtime/search/components/component-use.js'
import { counting } from '../../../../support/data-files.js'

const shape = { height: 4, width: 5, channels: 3, mean: [0.5, 0.25, 0.75] }
const source = Float64Array.from({ length: 60 }, (_, index) => (index + 1) / 64)
const pixel = (image: Float64Array, row: number, column: number): number[] => {
  const start = (row * shape.width + column) * shape.channels
  return [...image.subarray(start, start + shape.channels)]
}
const open = (component: string, args: Readonly<Record<string, Argument>> = {}) =>
  openAugmentation({ component, arguments: args }, 'test')

describe('crop', () => {
  it('shifts by at most the padding, with the mean from outside', () => {
    const crop = open('crop', { padding: 1 })
    const seen = new Set<string>()
    for (let draw = 0; draw < 200; draw++) {
      const target = crop(source.slice(), shape, createRandom(draw))
      const shifts = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right] as const))
      const fitting = shifts.filter(([down, right]) =>
        counting(4, 4).every((row) =>
          counting(5, 5).every((column) => {
            const inside = row + down >= 0 && row + down < 4 && column + right >= 0 && column + right < 5
            const expected = inside ? pixel(source, row + down, column + right) : shape.mean
            return pixel(target, row, column).every((value, channel) => value === expected[channel])
          }),
        ),
      )
      expect(fitting).toHaveLength(1)
      seen.add(String(fitting[0]))
    }
    expect(seen.size).toBe(9)
  })
})

describe('flip', () => {
  it('mirrors about every second image', () => {
    const flip = open('flip')
    let mirrored = 0
    for (let draw = 0; draw < 400; draw++) {
      const target = flip(source.slice(), shape, createRandom(draw))
      if (pixel(target, 1, 0)[0] === pixel(source, 1, 0)[0]) expect(target).toEqual(source)
      else {
        mirrored++
        for (let column = 0; column < 5; column++)
          expect(pixel(target, 1, column)).toEqual(pixel(source, 1, 4 - column))
      }
    }
    expect(Math.abs(mirrored - 200)).toBeLessThan(40)
  })
})
