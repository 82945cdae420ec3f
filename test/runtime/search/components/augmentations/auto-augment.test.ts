import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { openAugmentation } from '../../../../../src/runtime/search/components/augmentations/index.js'
import {
  autoContrast,
  equalize,
  inverted,
  posterized,
  solarized,
  solarizedAfter,
} from '../../../../../src/runtime/search/components/augmentations/byte-changes.js'
import { moved } from '../../../../../src/runtime/search/components/augmentations/moved.js'

const bytes = (...values: readonly number[]): Float64Array => Float64Array.from(values, (value) => value / 255)
const toBytes = (image: Float64Array): readonly number[] => [...image].map((value) => Math.round(255 * value))
const line = (width: number) => ({ height: 1, width, channels: 1, mean: [0.5] })

describe('changes of bytes', () => {
  it('invert, keep high bits, invert what is bright, lighten what is dark', () => {
    const image = bytes(0, 17, 127, 128, 200, 255)
    expect(toBytes(inverted(image))).toEqual([255, 238, 128, 127, 55, 0])
    expect(toBytes(posterized(image, 2))).toEqual([0, 0, 64, 128, 192, 192])
    expect(toBytes(posterized(image, 0))).toEqual([0, 0, 0, 0, 0, 0])
    expect(toBytes(solarized(image, 128))).toEqual([0, 17, 127, 127, 55, 0])
    expect(toBytes(solarized(image, 256))).toEqual(toBytes(image))
    expect(toBytes(solarizedAfter(image, 33))).toEqual([33, 50, 160, 128, 200, 255])
  })

  it('stretch every channel by itself', () => {
    const shape = { height: 1, width: 3, channels: 2, mean: [0, 0] }
    const image = bytes(50, 7, 70, 7, 150, 7)
    expect(toBytes(autoContrast(image, shape))).toEqual([0, 7, 51, 7, 255, 7])
  })

  it('spread 256 values over two levels of brightness as Pillow does', () => {
    // 2550 pixels of 0 and of 100, and 10 of 200: a step is 20 pixels wide, and every level starts half a step late.
    const image = Float64Array.from({ length: 5110 }, (_, place) => (place < 2550 ? 0 : place < 5100 ? 100 : 200) / 255)
    const step = Math.floor((5110 - 10) / 255)
    const expected = [0, 2550, 5100].map((below) => Math.floor((Math.floor(step / 2) + below) / step))
    const found = toBytes(equalize(image, line(5110)))
    expect([found[0], found[3000], found[5105]]).toEqual(expected)
    // Too few pixels for a step stay as they are.
    expect(equalize(bytes(1, 2, 3), line(3))).toEqual(bytes(1, 2, 3))
  })
})

describe('moved pixels', () => {
  it('come from where their centres are, and the mean from outside', () => {
    const image = bytes(10, 20, 30, 40)
    expect(toBytes(moved(image, line(4), (row, column) => [row, column + 1]))).toEqual([20, 30, 40, 128])
    expect(toBytes(moved(image, line(4), (row, column) => [row, 4 - column]))).toEqual([40, 30, 20, 10])
    expect(toBytes(moved(image, line(4), (row, column) => [row - 0.4, column - 0.4]))).toEqual([10, 20, 30, 40])
  })
})

describe('auto_augment', () => {
  const shape = { height: 16, width: 16, channels: 3, mean: [0.4, 0.5, 0.6] }
  const draws = createRandom(5)
  const image = Float64Array.from({ length: 16 * 16 * 3 }, () => Math.round(255 * draws.uniform()) / 255)
  const augment = openAugmentation({ component: 'auto_augment', arguments: {} }, 'augment')
  const results = Array.from({ length: 300 }, (_, seed) => augment(image.slice(), shape, createRandom(seed)))

  it('makes many different images, alike for equal streams, of pixels from 0 to 1', () => {
    expect(results.flatMap((each) => [...each]).every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(new Set(results.map(String)).size).toBeGreaterThan(40)
    expect(augment(image.slice(), shape, createRandom(17))).toEqual(results[17])
  })

  it('leaves some images as they are: of every pair with the chance that neither change is made', () => {
    const same = results.filter((each) => String(each) === String(image)).length
    expect(same).toBeGreaterThan(5)
    expect(same).toBeLessThan(100)
  })

  it('takes few words of its stream', () => {
    for (let seed = 0; seed < 50; seed++) {
      const random = createRandom(seed)
      augment(image.slice(), shape, random)
      expect(random.position).toBeLessThan(16)
    }
  })

  it('changes images of one channel too', () => {
    const grey = { height: 28, width: 28, channels: 1, mean: [0.1] }
    const of = Float64Array.from({ length: 784 }, (_, place) => (place % 28) / 28)
    const changed = Array.from({ length: 40 }, (_, seed) => augment(of.slice(), grey, createRandom(seed)))
    expect(changed.filter((each) => String(each) !== String(of)).length).toBeGreaterThan(15)
  })
})
