import { describe, expect, it } from 'vitest'
import { evaluationBatches, trainingBatches, type BatchSource } from '../../../src/runtime/data/batches.js'
import type { ImageSet } from '../../../src/runtime/data/image-set.js'
import { measureNormalisation } from '../../../src/runtime/data/normalisation.js'
import { drawExamples, holdOut, imagesOfClasses, splitByShare } from '../../../src/runtime/data/split.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import type { ComponentUse } from '../../../src/runtime/search/components/component-use.js'
import { counting } from '../../support/data-files.js'
import { failureOf } from '../../support/failures.js'
import { openAugmentations } from '../../../src/runtime/search/components/augmentations/index.js'

const shape = { height: 4, width: 5, channels: 3 }
const size = 60

const crop = (padding: number): ComponentUse => ({ component: 'crop', arguments: { padding } })
const flip: ComponentUse = { component: 'flip', arguments: {} }

function someImages(count: number): ImageSet {
  const random = createRandom(99)
  return {
    count,
    images: Uint8Array.from({ length: count * size }, () => random.integer(256)),
    labels: Uint16Array.from(counting(count, 10)),
  }
}

function bits(source: BatchSource, epoch: number, step: number): string {
  const { images, labels } = source.batch(epoch, step)
  return Buffer.concat([Buffer.from(images.buffer), Buffer.from(labels.buffer)]).toString('base64')
}

describe('measureNormalisation', () => {
  it('measures each channel on the given images alone', () => {
    const images = Uint8Array.from([0, 10, 20, 30, 40, 50, 255, 255, 255, 255, 255, 255, 0, 20, 40, 60, 80, 100])
    const set = { count: 3, images, labels: Uint16Array.from([0, 1, 2]) }
    const { mean, deviation } = measureNormalisation(set, [0, 2], 2)
    expect(mean[0]).toBeCloseTo((0 + 20 + 40 + 0 + 40 + 80) / 6 / 255, 12)
    expect(mean[1]).toBeCloseTo((10 + 30 + 50 + 20 + 60 + 100) / 6 / 255, 12)
    const values = [10, 30, 50, 20, 60, 100]
    const average = 45
    const expected = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 6) / 255
    expect(deviation[1]).toBeCloseTo(expected, 12)
  })

  it('gives a constant channel deviation 1', () => {
    const set = { count: 2, images: new Uint8Array(8).fill(7), labels: new Uint16Array(2) }
    expect(measureNormalisation(set, [0, 1], 1)).toEqual({ mean: [7 / 255], deviation: [1] })
  })
})

describe('splits', () => {
  it('halve the drawn examples: disjoint, seeded, without repetition', () => {
    const examples = drawExamples(1000, 600, createRandom(5).stream('examples'))
    expect(new Set(examples).size).toBe(600)
    expect(Math.max(...examples)).toBeLessThan(1000)
    const { weights = [], choices = [] } = splitByShare(examples, { weights: 0.5, choices: 0.5 })
    expect([weights.length, choices.length]).toEqual([300, 300])
    expect(new Set([...weights, ...choices]).size).toBe(600)
    expect(drawExamples(1000, 600, createRandom(5).stream('examples'))).toEqual(examples)
    expect(drawExamples(1000, 600, createRandom(6).stream('examples'))).not.toEqual(examples)
  })

  it('round down, and give all to a part without a share', () => {
    const all = drawExamples(9, undefined, createRandom(1))
    expect(all.length).toBe(9)
    const parts = splitByShare(all, { weights: undefined, choices: 0.5 })
    expect(parts['weights']).toEqual([...all])
    expect(parts['choices']).toHaveLength(4)
  })

  it('keep the last of them from all others, and cut shares of the whole from what is left', () => {
    const all = drawExamples(40, undefined, createRandom(1))
    const { kept, held } = holdOut(all, 0.25)
    expect(held).toEqual([...all.subarray(30)])
    const { weights = [], choices = [] } = splitByShare(kept, { weights: 0.5, choices: undefined }, all.length)
    expect(weights).toEqual([...all.subarray(0, 20)])
    expect(choices).toEqual([...all.subarray(0, 30)])
  })

  it('take the images of a share of the classes, drawn by the seed', () => {
    const labels = Uint8Array.from({ length: 200 }, (_, index) => (index * 7) % 10)
    const classesOf = (share: number, seed: number): number[] => {
      const found = imagesOfClasses(labels, 10, share, createRandom(seed))
      const classes = [...new Set([...found].map((index) => labels[index]!))]
      // All images of each, and no other.
      expect([...found]).toEqual(counting(200, 200).filter((index) => classes.includes(labels[index]!)))
      return classes.sort()
    }
    expect(classesOf(0.3, 1)).toHaveLength(3)
    expect(classesOf(0.01, 1)).toHaveLength(1)
    expect(classesOf(1, 1)).toEqual(counting(10, 10))
    expect(classesOf(0.3, 1)).toEqual(classesOf(0.3, 1))
    expect(new Set(counting(9, 9).map((seed) => classesOf(0.3, seed).join())).size).toBeGreaterThan(5)
  })

  it('take all images where more are asked for', () => {
    expect([...drawExamples(10, 11, createRandom(1))]).toEqual([...drawExamples(10, undefined, createRandom(1))])
  })

  it('refuse shares that are no image, or more than all', async () => {
    const empty = await failureOf(() => splitByShare(Uint32Array.from([4]), { weights: 0.5, choices: 0.5 }))
    expect(empty.code).toBe('NAS7116')
    expect(empty.message).toBe('A share of 50 % of 1 training image is no whole image.')
    expect(() => splitByShare(Uint32Array.from([4]), { weights: 0.8, choices: 0.5 })).toThrow('more than 1')
  })
})

describe('batches', () => {
  const set = someImages(23)
  const normalisation = measureNormalisation(set, counting(23, 23), 3)
  const training = (seed = 3): BatchSource =>
    trainingBatches({
      set,
      shape,
      normalisation,
      indices: counting(20, 23, 3),
      size: 6,
      augmentations: openAugmentations([crop(2), flip], 'test'),
      cutout: 2,
      random: createRandom(seed).stream('data/weights'),
    })

  it('are normalised images with their labels', () => {
    const source = evaluationBatches({ set, shape, normalisation, indices: [7, 2, 11], size: 2 })
    expect(source.steps).toBe(2)
    const { images, labels } = source.batch(0, 0)
    expect([...labels]).toEqual([7, 2])
    for (const place of [0, 1, 2, 59]) {
      const channel = place % 3
      const expected =
        (set.images[2 * size + place]! / 255 - normalisation.mean[channel]!) / normalisation.deviation[channel]!
      expect(images[size + place]).toBe(Math.fround(expected))
    }
    const last = source.batch(0, 1)
    expect(last.count).toBe(1)
    expect([...last.labels]).toEqual([1])
    expect(last.images.length).toBe(size)
  })

  it('have mean 0 and deviation 1 over the part they were measured on', () => {
    const { images } = evaluationBatches({ set, shape, normalisation, size: 23 }).batch(0, 0)
    const mean = images.reduce((sum, value) => sum + value, 0) / images.length
    const square = images.reduce((sum, value) => sum + value * value, 0) / images.length
    expect(Math.abs(mean)).toBeLessThan(1e-6)
    expect(Math.abs(square - 1)).toBeLessThan(1e-5)
  })

  it('take every image at most once an epoch, in another order each epoch', () => {
    const source = trainingBatches({ set, shape, normalisation, size: 6, random: createRandom(1) })
    expect(source.steps).toBe(3)
    const plain = evaluationBatches({ set, shape, normalisation, size: 23 }).batch(0, 0)
    const known = counting(23, 23).map((index) =>
      Buffer.from(plain.images.slice(index * size, (index + 1) * size).buffer),
    )
    const orders = [0, 1].map((epoch) =>
      [0, 1, 2].flatMap((step) => {
        const { images } = source.batch(epoch, step)
        return counting(6, 6).map((place) => {
          const image = Buffer.from(images.slice(place * size, (place + 1) * size).buffer)
          return known.findIndex((other) => other.equals(image))
        })
      }),
    )
    for (const order of orders) {
      expect(order).not.toContain(-1)
      expect(new Set(order).size).toBe(18)
    }
    expect(orders[0]).not.toEqual(orders[1])
  })

  it('are the same bits after a resume at any step', () => {
    const unbroken = training()
    const expected = [0, 1, 2].flatMap((epoch) => [0, 1, 2].map((step) => bits(unbroken, epoch, step)))
    expect(new Set(expected).size).toBe(9)
    for (let start = 0; start < 9; start++) {
      const resumed = training()
      for (let step = start; step < 9; step++) {
        expect(bits(resumed, Math.floor(step / 3), step % 3)).toBe(expected[step])
      }
    }
    expect(bits(training(4), 0, 0)).not.toBe(expected[0])
  })

  it('are one small batch where there are fewer images than asked for', () => {
    const source = trainingBatches({ set, shape, normalisation, indices: [1, 2], size: 6, random: createRandom(1) })
    expect(source.steps).toBe(1)
    expect(source.batch(0, 0).count).toBe(2)
  })
})

describe('augmentations of a batch', () => {
  /** Rows of three pixels of one channel. */
  const row = { height: 1, width: 3, channels: 1 }
  const count = 40
  const set = {
    count,
    images: Uint8Array.from({ length: 3 * count }, (_, place) => place),
    labels: new Uint16Array(count),
  }
  const normalisation = { mean: [0.25], deviation: [0.5] }
  const root = createRandom(8)
  const draws = (name: string) => root.stream(`epoch/0/augment/${name}`)
  /** As they come in the first epoch: index of the image and what it became. */
  const rows = (uses: readonly ComponentUse[], cutout = 0): { index: number; pixels: number[] }[] => {
    const common = { set, shape: row, normalisation, size: count, random: root }
    const plain = trainingBatches(common).batch(0, 0).images
    const { images } = trainingBatches({ ...common, augmentations: openAugmentations(uses, 'test'), cutout }).batch(
      0,
      0,
    )
    return counting(count, count).map((place) => ({
      index: Math.round((plain[3 * place]! * 0.5 + 0.25) * 255) / 3,
      pixels: [...images.subarray(3 * place, 3 * place + 3)],
    }))
  }
  /** Pixel of an image, normalised; beside the image zero. */
  const pixel = (index: number, column: number): number =>
    column < 0 || column > 2 ? 0 : Math.fround((set.images[3 * index + column]! / 255 - 0.25) / 0.5)
  /** What crop(1) and flip draw for the image that comes at this place. */
  const drawn = (place: number): { left: number; isInside: boolean; mirrors: boolean } => {
    const crops = draws('crop').at(64 * place)
    const isInside = crops.integer(3) === 1
    return {
      isInside,
      left: crops.integer(3) - 1,
      mirrors:
        draws('flip')
          .at(64 * place)
          .integer(2) === 1,
    }
  }

  it('are applied in the order in which they are written', () => {
    const [cropped, flipped] = [rows([crop(1), flip]), rows([flip, crop(1)])]
    let differ = 0
    counting(count, count).forEach((place) => {
      const { index } = cropped[place]!
      const { isInside, left, mirrors } = drawn(place)
      const columns = [0, 1, 2]
      // A window `left` of the image, then mirrored; and a window of the mirrored image.
      const first = columns.map((column) => pixel(index, (mirrors ? 2 - column : column) + left))
      const second = columns.map((column) => pixel(index, mirrors ? 2 - (column + left) : column + left))
      expect(cropped[place]!.pixels).toEqual(isInside ? first : [0, 0, 0])
      expect(flipped[place]!.pixels).toEqual(isInside ? second : [0, 0, 0])
      if (isInside && mirrors && left !== 0) differ++
    })
    expect(differ).toBeGreaterThan(0)
    expect(flipped).not.toEqual(cropped)
  })

  it('draw from streams of their own: the others draw as before where one is taken away', () => {
    const [cropped, flipped] = [rows([crop(1)]), rows([flip])]
    const [blanked, both] = [rows([], 1), rows([crop(1), flip], 1)]
    counting(count, count).forEach((place) => {
      const { index } = cropped[place]!
      const { isInside, left, mirrors } = drawn(place)
      const [window, mirrored] = [
        [0, 1, 2].map((column) => (isInside ? pixel(index, column + left) : 0)),
        [0, 1, 2].map((column) => pixel(index, mirrors ? 2 - column : column)),
      ]
      expect(cropped[place]!.pixels).toEqual(window)
      expect(flipped[place]!.pixels).toEqual(mirrored)
      // Cutout is the last, at the same place whatever came before.
      const column = blanked[place]!.pixels.findIndex((value, at) => value !== pixel(index, at))
      expect(column === -1 || both[place]!.pixels[column] === 0).toBe(true)
    })
  })

  it('draw anew where one stands twice', () => {
    const twice = rows([crop(1), crop(1)])
    const shifts = counting(count, count).map((place) => {
      const again = draws('crop/2').at(64 * place)
      again.integer(3)
      return [drawn(place).left, again.integer(3) - 1]
    })
    expect(shifts.filter(([first, second]) => first !== second).length).toBeGreaterThan(count / 3)
    expect(twice).not.toEqual(rows([crop(1)]))
  })
})

describe('images of another side', () => {
  const set = someImages(4)
  const normalisation = measureNormalisation(set, [0, 1, 2, 3], 3)
  const options = { set, shape, normalisation, size: 2 }

  it('are scaled before they are augmented and normalised, in training and evaluation', () => {
    const sized = { ...options, side: 6 }
    const evaluated = evaluationBatches(sized).batch(0, 0)
    expect(evaluated.images).toHaveLength(2 * 6 * 6 * 3)
    const random = createRandom(3)
    const trained = trainingBatches({ ...sized, random }).batch(0, 0)
    const augmented = trainingBatches({ ...sized, random, augmentations: openAugmentations([crop(0)], 'augment') })
    expect(trained.images).toHaveLength(2 * 6 * 6 * 3)
    expect(augmented.batch(0, 0).images).toEqual(trained.images)
  })

  it('of a side that they have are what they are, but for a rounding', () => {
    const square = { ...options, shape: { height: 2, width: 2, channels: 3 }, set: { ...set, count: 20 } }
    const [plain, sized] = [undefined, 2].map((side) => evaluationBatches({ ...square, side }).batch(0, 0).images)
    plain?.forEach((value, place) => expect(sized?.[place]).toBeCloseTo(value, 5))
  })

  it('of a map without change are the same at every side', () => {
    const even = { ...set, images: new Uint8Array(4 * size).fill(50) }
    const images = evaluationBatches({
      ...options,
      set: even,
      normalisation: { mean: [0, 0, 0], deviation: [1, 1, 1] },
      side: 9,
    })
    for (const value of images.batch(0, 0).images) expect(value).toBeCloseTo(50 / 255, 6)
  })
})
