import type { Random } from '../random/random.js'
import { wordsPerImage, type NamedAugmentation } from './augmentation.js'
import { cutOut } from './cutout.js'
import type { ImageSet, ImageSize } from './image-set.js'
import type { Normalisation } from './normalisation.js'
import { resized } from './resize.js'

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
  readonly shape: ImageSize
  /** Images are scaled to squares of this side before anything else; absent: they stay as they are. */
  readonly side?: number | undefined
  readonly normalisation: Normalisation
  /** Which images of the set. Absent: all. */
  readonly indices?: ArrayLike<number>
  /** Images per batch. */
  readonly size: number
}

export interface TrainingBatchOptions extends BatchOptions {
  /** What is done to every image, one after the other; each draws from a stream of its own. */
  readonly augmentations?: readonly NamedAugmentation[]
  /** Side of the square that is blanked last; 0: none. */
  readonly cutout?: number
  /** Of several pictures of every image: each draws what augments it from streams of its own. */
  readonly view?: number
  /** A stream of its own, such as `root.stream('data/weights')`. */
  readonly random: Random
}

/**
 * Batches for training: another order in every epoch, and only full batches (the rest comes in another epoch); where
 * there are fewer images than a batch holds, one smaller batch.
 */
export function trainingBatches(options: TrainingBatchOptions): BatchSource {
  const { random } = options
  const indices = indicesOf(options)
  const size = Math.min(options.size, indices.length)
  const write = augmentedWriter(options)
  let order: { epoch: number; positions: Uint32Array } | undefined

  function batch(epoch: number, step: number): Batch {
    if (order?.epoch !== epoch) {
      order = { epoch, positions: random.stream(`epoch/${String(epoch)}/order`).permutation(indices.length) }
    }
    const first = step * size
    const chosen = Array.from(order.positions.subarray(first, first + size), (position) => indices[position] ?? 0)
    return gather(options, chosen, write(epoch, first))
  }

  return { steps: Math.max(1, Math.floor(indices.length / size)), batch }
}

/** Writes the images of the batch that starts at this place of an epoch. */
function augmentedWriter(options: TrainingBatchOptions): (epoch: number, first: number) => WriteImage {
  const { augmentations = [], cutout = 0, random, normalisation, view } = options
  const ofView = view === undefined ? '' : `view/${String(view)}/`
  const normalise = normaliser(options)
  const scaled = scaledImages(options)
  const shape = sizeOf(options)
  const size = numbersIn(shape)
  const imageShape = { ...shape, mean: normalisation.mean }
  return (epoch, first) => {
    const stream = (name: string): Random => random.stream(`epoch/${String(epoch)}/${ofView}augment/${name}`)
    const stages = augmentations.map(({ name, apply }) => ({ apply, draws: stream(name) }))
    const cuts = stream('cutout')
    return (index, target, offset) => {
      const words = (first + offset / size) * wordsPerImage
      if (stages.length === 0) normalise(index, target, offset)
      else {
        const image = stages.reduce<Float64Array>(
          (before, { apply, draws }) => apply(before, imageShape, draws.at(words)),
          scaled(index),
        )
        writeNormalised(image, options, target, offset)
      }
      if (cutout > 0) cutOut(target, offset, shape, cutout, cuts.at(words))
    }
  }
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
  const size = numbersIn(sizeOf(options))
  const images = new Float32Array(chosen.length * size)
  const labels = new Int32Array(chosen.length)
  chosen.forEach((index, position) => {
    write(index, images, position * size)
    labels[position] = options.set.labels[index] ?? 0
  })
  return { images, labels, count: chosen.length }
}

function normaliser(options: BatchOptions): WriteImage {
  if (options.side === undefined) return tableNormaliser(options)
  const scaled = scaledImages(options)
  return (index, target, offset) => writeNormalised(scaled(index), options, target, offset)
}

/** By a table of the 256 values of each channel. */
function tableNormaliser({ set, shape, normalisation }: BatchOptions): WriteImage {
  const { channels } = shape
  const size = numbersIn(shape)
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

/** @param image pixels from 0 to 1 */
function writeNormalised(
  image: Float64Array,
  { shape: { channels }, normalisation: { mean, deviation } }: BatchOptions,
  target: Float32Array,
  offset: number,
): void {
  image.forEach((value, place) => {
    target[offset + place] = (value - (mean[place % channels] ?? 0)) / (deviation[place % channels] ?? 1)
  })
}

/** Pixels from 0 to 1 of the image with an index, at the size that is asked for. */
function scaledImages(options: BatchOptions): (index: number) => Float64Array {
  const { set, shape, side } = options
  const size = numbersIn(shape)
  return (index) => {
    const stored = set.images.subarray(index * size, (index + 1) * size)
    const image = Float64Array.from(stored, (byte) => byte / 255)
    return side === undefined ? image : resized(image, shape, { top: 0, left: 0, ...shape }, sizeOf(options))
  }
}

/** Of the images that are fed. */
function sizeOf({ shape: { height, width, channels }, side }: BatchOptions): ImageSize {
  return { height: side ?? height, width: side ?? width, channels }
}

function numbersIn({ height, width, channels }: ImageSize): number {
  return height * width * channels
}

function indicesOf({ indices, set }: BatchOptions): ArrayLike<number> {
  return indices ?? Uint32Array.from({ length: set.count }, (_, index) => index)
}
