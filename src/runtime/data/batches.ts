import type { Random } from '../random/random.js'
import { augmentImage, wordsPerImage, type Augmentation } from './augment.js'
import type { Dataset, ImageSet } from './image-set.js'
import type { Normalisation } from './normalisation.js'

/** One batch, ready to be fed. */
export interface Batch {
  /** `[count, height, width, channels]`, normalised. */
  readonly images: Float32Array
  /** `[count]` */
  readonly labels: Int32Array
  readonly count: number
}

export interface BatchSource {
  /** Batches per epoch. */
  readonly steps: number
  /** A function of its arguments alone: it may be asked for in any order, and a resumed run sees the same bits. */
  batch(epoch: number, step: number): Batch
}

export interface BatchOptions {
  readonly set: ImageSet
  readonly shape: Pick<Dataset, 'height' | 'width' | 'channels'>
  readonly normalisation: Normalisation
  /** Which images of the set. Absent: all. */
  readonly indices?: ArrayLike<number>
  /** Images per batch. */
  readonly size: number
}

/**
 * Batches for training: another order in every epoch, and only full batches (the rest comes in another epoch); where
 * there are fewer images than a batch holds, one smaller batch.
 * @param random a stream of its own, such as `root.stream('data/weights')`
 */
export function trainingBatches(
  options: BatchOptions & { readonly augmentation?: Augmentation; readonly random: Random },
): BatchSource {
  const { random, augmentation = {} } = options
  const indices = indicesOf(options)
  const size = Math.min(options.size, indices.length)
  const normalise = normaliser(options)
  const augmented = augmentation.crop !== undefined || augmentation.flip === true || augmentation.cutout !== undefined
  let order: { epoch: number; positions: Uint32Array } | undefined

  function batch(epoch: number, step: number): Batch {
    if (order?.epoch !== epoch) {
      order = { epoch, positions: random.stream(`epoch/${String(epoch)}/order`).permutation(indices.length) }
    }
    const first = step * size
    const chosen = Array.from(order.positions.subarray(first, first + size), (position) => indices[position] ?? 0)
    if (!augmented) return gather(options, chosen, normalise)
    const draws = random.stream(`epoch/${String(epoch)}/augment`)
    return gather(options, chosen, (index, target, offset) => {
      const image = new Float32Array(imageSize(options))
      normalise(index, image, 0)
      const place = first + offset / image.length
      augmentImage(image, target, offset, options.shape, augmentation, draws.at(place * wordsPerImage))
    })
  }

  return { steps: Math.max(1, Math.floor(indices.length / size)), batch }
}

/** Batches for evaluation: every image once, in order; the last batch may be smaller. `epoch` does not matter. */
export function evaluationBatches(options: BatchOptions): BatchSource {
  const indices = indicesOf(options)
  const normalise = normaliser(options)
  return {
    steps: Math.ceil(indices.length / options.size),
    batch(_epoch, step) {
      const first = step * options.size
      const count = Math.min(options.size, indices.length - first)
      return gather(
        options,
        Array.from({ length: count }, (_, position) => indices[first + position] ?? 0),
        normalise,
      )
    },
  }
}

/** Writes the image with this index at an offset. */
type WriteImage = (index: number, target: Float32Array, offset: number) => void

function gather(options: BatchOptions, chosen: readonly number[], write: WriteImage): Batch {
  const size = imageSize(options)
  const images = new Float32Array(chosen.length * size)
  const labels = new Int32Array(chosen.length)
  chosen.forEach((index, position) => {
    write(index, images, position * size)
    labels[position] = options.set.labels[index] ?? 0
  })
  return { images, labels, count: chosen.length }
}

/** By a table of the 256 values of each channel. */
function normaliser({ set, shape, normalisation }: BatchOptions): WriteImage {
  const { channels } = shape
  const size = shape.height * shape.width * channels
  const tables = Array.from({ length: channels }, (_, channel) => {
    const mean = normalisation.mean[channel] ?? 0
    const deviation = normalisation.deviation[channel] ?? 1
    return Float32Array.from({ length: 256 }, (_value, byte) => (byte / 255 - mean) / deviation)
  })
  return (index, target, offset) => {
    const start = index * size
    tables.forEach((table, channel) => {
      for (let place = channel; place < size; place += channels) {
        target[offset + place] = table[set.images[start + place] ?? 0] ?? 0
      }
    })
  }
}

function imageSize({ shape }: BatchOptions): number {
  return shape.height * shape.width * shape.channels
}

function indicesOf({ indices, set }: BatchOptions): ArrayLike<number> {
  return indices ?? Uint32Array.from({ length: set.count }, (_, index) => index)
}
