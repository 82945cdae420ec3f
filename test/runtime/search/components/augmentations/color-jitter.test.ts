import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import {
  brightness,
  contrast,
  hue,
  saturation,
} from '../../../../../src/runtime/search/components/augmentations/color-jitter.js'
import { hsvOf, rgbOf } from '../../../../../src/runtime/search/components/augmentations/hue.js'
import { openAugmentation } from '../../../../../src/runtime/search/components/augmentations/index.js'

const shape = { height: 1, width: 2, channels: 3, mean: [0, 0, 0] }
const image = Float64Array.from([0.5, 0.25, 0.75, 0.2, 0.4, 0.6])
const greys = [0.2989 * 0.5 + 0.587 * 0.25 + 0.114 * 0.75, 0.2989 * 0.2 + 0.587 * 0.4 + 0.114 * 0.6]
const close = (values: readonly number[]): unknown[] => values.map((value) => expect.closeTo(value, 12) as unknown)
const open = (strength: number, turn: number) =>
  openAugmentation({ component: 'color_jitter', arguments: { strength, hue: turn } }, 'test')

describe('color_jitter', () => {
  it('multiplies by the brightness, within 0 and 1', () => {
    expect([...brightness(image, shape, 1.5)]).toEqual(close([0.75, 0.375, 1, 0.3, 0.6, 0.9]))
  })

  it('goes away from the mean of the grey image by the contrast', () => {
    const mean = (greys[0]! + greys[1]!) / 2
    expect([...contrast(image, shape, 0.5)]).toEqual(close([...image].map((value) => 0.5 * value + 0.5 * mean)))
  })

  it('goes away from the grey image by the saturation', () => {
    expect([...saturation(image, shape, 0)]).toEqual(close([0, 0, 0, 1, 1, 1].map((pixel) => greys[pixel]!)))
    expect(saturation(image, shape, 1)).toEqual(image)
  })

  it('turns the hue', () => {
    // A third of the circle moves every channel to the next.
    expect([...hue(image, shape, 1 / 3)]).toEqual(close([0.75, 0.5, 0.25, 0.6, 0.2, 0.4]))
    expect([...hue(image, shape, -1 / 3)]).toEqual(close([0.25, 0.75, 0.5, 0.4, 0.6, 0.2]))
    const colours = [...Array(1000).keys()].map((n) => [
      (n % 10) / 9,
      (Math.floor(n / 10) % 10) / 9,
      Math.floor(n / 100) / 9,
    ])
    for (const [red = 0, green = 0, blue = 0] of colours) {
      expect([...rgbOf(...hsvOf(red, green, blue))]).toEqual(close([red, green, blue]))
    }
  })

  it('leaves saturation and hue where there is one channel', () => {
    const single = { ...shape, channels: 1, width: 6, mean: [0] }
    expect(saturation(image, single, 0.3)).toBe(image)
    expect(hue(image, single, 0.3)).toBe(image)
    const mean = [...image].reduce((sum, value) => sum + value, 0) / 6
    expect([...contrast(image, single, 0)]).toEqual(close([mean, mean, mean, mean, mean, mean]))
  })

  it('does all four in the order that is drawn, then the amounts', () => {
    const changes = [brightness, contrast, saturation, hue]
    const orders = new Set<string>()
    for (let draw = 0; draw < 60; draw++) {
      const random = createRandom(draw)
      const order = [...random.permutation(4)]
      const amounts = [0, 1, 2].map(() => 0.6 + 0.8 * random.uniform())
      const all = [...amounts, 0.1 * (2 * random.uniform() - 1)]
      const expected = order.reduce<Float64Array>((before, which) => changes[which]!(before, shape, all[which]!), image)
      expect([...open(0.4, 0.1)(image.slice(), shape, createRandom(draw))]).toEqual(close([...expected]))
      orders.add(order.join())
    }
    expect(orders.size).toBeGreaterThan(15)
  })

  it('of no strength leaves the image', () => {
    expect([...open(0, 0)(image.slice(), shape, createRandom(1))]).toEqual(close([...image]))
  })
})
