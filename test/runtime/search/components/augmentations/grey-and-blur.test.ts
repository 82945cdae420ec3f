import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openAugmentation } from '../../../../../src/runtime/search/components/augmentations/index.js'
import { failureOf } from '../../../../support/failures.js'

const shape = { height: 7, width: 7, channels: 3, mean: [0, 0, 0] }
const image = Float64Array.from({ length: 147 }, (_, place) =>
  place % 3 === 0 && Math.floor(place / 3) === 24 ? 1 : 0,
)
const grey = (chance: number) => openAugmentation({ component: 'grey', arguments: { chance } }, 'augment')
const blur = (from: number, to: number, chance: number) =>
  openAugmentation({ component: 'blur', arguments: { deviation: { from, to }, chance } }, 'augment')

describe('grey', () => {
  it('makes all channels the luma, or leaves an image, as often as it says', () => {
    const made = grey(1)(image.slice(), shape, createRandom(1))
    for (let channel = 0; channel < 3; channel++) expect(made[72 + channel]).toBeCloseTo(0.2989, 12)
    const count = Array.from({ length: 2000 }, (_, seed) => grey(0.2)(image.slice(), shape, createRandom(seed))).filter(
      (each) => each[73] !== 0,
    ).length
    // Five standard deviations of a binomial distribution.
    expect(Math.abs(count - 400)).toBeLessThan(5 * Math.sqrt(320))
    expect(grey(0)(image, shape, createRandom(1))).toBe(image)
  })

  it('leaves images of one channel', () => {
    const one = image.slice(0, 49)
    expect(grey(1)(one, { ...shape, channels: 1 }, createRandom(1))).toEqual(one)
  })
})

describe('blur', () => {
  it('keeps the sum of a point away from the border, and spreads it the more the wider it is', () => {
    const peaks = [0.3, 0.5, 0.7].map((deviation) => {
      const made = blur(deviation, deviation, 1)(image.slice(), shape, createRandom(1))
      expect(made.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 3)
      return made[72] ?? 0
    })
    expect(peaks).toEqual([...peaks].sort((a, b) => b - a))
    expect(blur(0.1, 2, 0)(image, shape, createRandom(1))).toBe(image)
  })

  it('refuses a bell without a width, and chances that are none', async () => {
    expect((await failureOf(() => blur(0, 1, 0.5))).message).toContain('deviation')
    expect((await failureOf(() => grey(2))).message).toContain('chance')
  })
})
