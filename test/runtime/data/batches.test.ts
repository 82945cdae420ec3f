import { describe, expect, it } from 'vitest'
import { evaluationBatches, trainingBatches, type BatchSource } from '../../../src/runtime/data/batches.js'
import { augmentImage } from '../../../src/runtime/data/augment.js'
import type { ImageSet } from '../../../src/runtime/data/image-set.js'
import { measureNormalisation } from '../../../src/runtime/data/normalisation.js'
import { drawExamples, holdOut, splitByShare } from '../../../src/runtime/data/split.js'
import { createRandom } from '../../../src/runtime/random/random.js'
import { counting } from '../../support/data-files.js'
import { failureOf } from '../../support/failures.js'

const shape = { height: 4, width: 5, channels: 3 }
const size = 60

function someImages(count: number): ImageSet {
  const random = createRandom(99)
  return {
    count,
    images: Uint8Array.from({ length: count * size }, () => random.integer(256)),
    labels: Uint8Array.from(counting(count, 10)),
  }
}

function bits(source: BatchSource, epoch: number, step: number): string {
  const { images, labels } = source.batch(epoch, step)
  return Buffer.concat([Buffer.from(images.buffer), Buffer.from(labels.buffer)]).toString('base64')
}

describe('measureNormalisation', () => {
  it('measures each channel on the given images alone', () => {
    const images = Uint8Array.from([0, 10, 20, 30, 40, 50, 255, 255, 255, 255, 255, 255, 0, 20, 40, 60, 80, 100])
    const set = { count: 3, images, labels: Uint8Array.from([0, 1, 2]) }
    const { mean, deviation } = measureNormalisation(set, [0, 2], 2)
    expect(mean[0]).toBeCloseTo((0 + 20 + 40 + 0 + 40 + 80) / 6 / 255, 12)
    expect(mean[1]).toBeCloseTo((10 + 30 + 50 + 20 + 60 + 100) / 6 / 255, 12)
    const values = [10, 30, 50, 20, 60, 100]
    const average = 45
    const expected = Math.sqrt(values.reduce((sum, value) => sum + (value - average) ** 2, 0) / 6) / 255
    expect(deviation[1]).toBeCloseTo(expected, 12)
  })

  it('gives a constant channel deviation 1', () => {
    const set = { count: 2, images: new Uint8Array(8).fill(7), labels: new Uint8Array(2) }
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

  it('refuse more than there is', async () => {
    expect(await failureOf(() => drawExamples(10, 11, createRandom(1)))).toEqual({
      code: 'NAS7115',
      message: 'examples 11: the data have only 10 training images.',
      help: 'Ask for at most 10, or name a larger data set with --data.',
    })
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
      augmentation: { crop: 2, flip: true, cutout: 2 },
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

describe('augmentImage', () => {
  const source = Float32Array.from({ length: size }, (_, index) => index + 1)
  const pixel = (image: Float32Array, row: number, column: number): number[] => {
    const start = (row * shape.width + column) * shape.channels
    return [...image.subarray(start, start + shape.channels)]
  }

  it('shifts by at most the padding, with zeros from outside', () => {
    const seen = new Set<string>()
    for (let draw = 0; draw < 200; draw++) {
      const target = new Float32Array(size).fill(-1)
      augmentImage(source, target, 0, shape, { crop: 1 }, createRandom(draw))
      const shifts = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right] as const))
      const fitting = shifts.filter(([down, right]) =>
        counting(4, 4).every((row) =>
          counting(5, 5).every((column) => {
            const inside = row + down >= 0 && row + down < 4 && column + right >= 0 && column + right < 5
            const expected = inside ? pixel(source, row + down, column + right) : [0, 0, 0]
            return pixel(target, row, column).every((value, channel) => value === expected[channel])
          }),
        ),
      )
      expect(fitting).toHaveLength(1)
      seen.add(String(fitting[0]))
    }
    expect(seen.size).toBe(9)
  })

  it('mirrors about every second image', () => {
    let mirrored = 0
    for (let draw = 0; draw < 400; draw++) {
      const target = new Float32Array(size)
      augmentImage(source, target, 0, shape, { flip: true }, createRandom(draw))
      if (pixel(target, 1, 0)[0] === pixel(source, 1, 0)[0]) expect(target).toEqual(source)
      else {
        mirrored++
        for (let column = 0; column < 5; column++)
          expect(pixel(target, 1, column)).toEqual(pixel(source, 1, 4 - column))
      }
    }
    expect(Math.abs(mirrored - 200)).toBeLessThan(40)
  })

  it('cuts out a square, cut off at the border, around any pixel', () => {
    const sizes = new Set<number>()
    for (let draw = 0; draw < 200; draw++) {
      const target = new Float32Array(size)
      augmentImage(source, target, 0, shape, { cutout: 2 }, createRandom(draw))
      const holes = counting(20, 20).filter((place) => target[place * 3] === 0)
      for (const place of counting(20, 20)) {
        if (!holes.includes(place)) expect(target[place * 3]).toBe(source[place * 3])
      }
      const rows = holes.map((place) => Math.floor(place / 5))
      const columns = holes.map((place) => place % 5)
      const tall = Math.max(...rows) - Math.min(...rows) + 1
      const wide = Math.max(...columns) - Math.min(...columns) + 1
      expect(holes.length).toBe(tall * wide)
      sizes.add(holes.length)
    }
    expect([...sizes].sort()).toEqual([1, 2, 4])
  })
})
