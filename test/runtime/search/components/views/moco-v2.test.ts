import { describe, expect, it } from 'vitest'
import { trainingBatches } from '../../../../../src/runtime/data/batches.js'
import { createRandom } from '../../../../../src/runtime/random/random.js'
import { blurred } from '../../../../../src/runtime/search/components/augmentations/blur.js'
import { openViews } from '../../../../../src/runtime/search/components/views/index.js'

const { count, augmentations } = openViews({ component: 'moco_v2', arguments: { count: 4 } })
const shape = { height: 6, width: 5, channels: 3, mean: [0, 0, 0] }
const image = (seed: number): Float64Array => {
  const random = createRandom(seed)
  return Float64Array.from({ length: 90 }, () => random.uniform())
}
const step = (name: string) => {
  const found = augmentations.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found.apply
}
/** In how many of 2000 images something is changed. */
const changes = (name: string): number =>
  Array.from({ length: 2000 }, (_, seed) => {
    const before = image(seed % 7)
    return step(name)(before.slice(), shape, createRandom(seed)).some((value, place) => value !== before[place])
  }).filter((isChanged) => isChanged).length

describe('moco_v2', () => {
  it('is as many views as are asked for, augmented in the order of the paper', () => {
    expect([count, augmentations.map(({ name }) => name)]).toEqual([4, ['crop', 'jitter', 'grey', 'blur', 'flip']])
  })

  // Five standard deviations of a binomial distribution.
  it.each([
    ['jitter', 0.8],
    ['grey', 0.2],
    ['blur', 0.5],
    ['flip', 0.5],
  ])('does %s with the probability %d', (name, probability) => {
    const deviation = Math.sqrt(2000 * probability * (1 - probability))
    expect(Math.abs(changes(name) - 2000 * probability)).toBeLessThan(5 * deviation)
  })

  it('makes all channels of a grey image one', () => {
    const greys = Array.from({ length: 40 }, (_, seed) => step('grey')(image(1), shape, createRandom(seed)))
    const made = greys.filter((grey) =>
      Array.from({ length: 30 }, (_, i) => 3 * i).every((i) => Math.abs(grey[i]! - grey[i + 2]!) < 1e-12),
    )
    expect(made.length).toBeGreaterThan(0)
  })

  it('leaves values within 0 and 1', () => {
    for (let seed = 0; seed < 50; seed++) {
      const made = augmentations.reduce((before, { apply }) => apply(before, shape, createRandom(seed)), image(seed))
      expect([Math.min(...made) >= -1e-9, Math.max(...made) <= 1 + 1e-9]).toEqual([true, true])
    }
  })
})

describe('a Gaussian blur', () => {
  it('leaves a plain image, and spreads a point as the bell says', () => {
    const plain = new Float64Array(90).fill(0.3)
    for (const value of blurred(plain, shape, 1.3)) expect(value).toBeCloseTo(0.3, 12)
    const line = { height: 1, width: 41, channels: 1, mean: [0] }
    const point = new Float64Array(41)
    point[20] = 1
    const spread = blurred(point, line, 2)
    expect(spread.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
    // The variance of the bell on whole pixels is that of the continuous one, to far below what is seen.
    expect(spread.reduce((sum, value, place) => sum + value * (place - 20) ** 2, 0)).toBeCloseTo(4, 2)
    expect(spread[18]! / spread[20]!).toBeCloseTo(Math.exp(-0.5), 12)
  })
})

describe('views of a batch', () => {
  const set = {
    count: 6,
    images: Uint8Array.from({ length: 6 * 16 }, (_, place) => (place * 37) % 256),
    labels: Uint16Array.of(0, 1, 2, 3, 4, 5),
  }
  const view = (place: number) =>
    trainingBatches({
      ...{ set, shape: { height: 4, width: 4, channels: 1 }, normalisation: { mean: [0], deviation: [1] }, size: 6 },
      ...{ augmentations, random: createRandom(3).stream('data'), view: place },
    }).batch(1, 0)

  it('show the same images in the same order, each augmented by itself, alike for equal seeds', () => {
    const [first, second] = [view(0), view(1)]
    expect(first.labels).toEqual(second.labels)
    expect(first.images).not.toEqual(second.images)
    expect(view(1).images).toEqual(second.images)
  })
})
