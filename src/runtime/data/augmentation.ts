import type { Random } from '../random/random.js'

/** Of the images that are augmented. */
export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
  /** Of every channel over the training images: what becomes zero when the image is normalised. */
  readonly mean: readonly number[]
}

/**
 * Makes another image of one. Values are those of the pixels, 0 to 1, not normalised yet and never rounded to bytes.
 * @param image `[height, width, channels]`; it may be changed and given back
 * @param random a stream of this image and this augmentation alone, of which {@link wordsPerImage} words are its own
 */
export type Augmentation = (image: Float64Array, shape: ImageShape, random: Random) => Float64Array

/** An augmentation under the name of its stream, which does not hang on what else is done to the image. */
export interface NamedAugmentation {
  readonly name: string
  readonly apply: Augmentation
}

/** Words of a stream that an image may use: far more than it does, so that images never share any. */
export const wordsPerImage = 64

/** The index of a value in an image. */
export function placeOf({ width, channels }: ImageShape, row: number, column: number, channel: number): number {
  return (row * width + column) * channels + channel
}
