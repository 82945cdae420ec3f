import { Failure } from '../../../catalogue/failure.js'
import { requireHeld } from '../bounds.js'
import type { ImageSize } from '../image-set.js'

/** Images in one array of bytes. */
export interface PixelArray {
  readonly path: string
  /** `[count, height, width]`, `[count, height, width, channels]` or `[count, channels, height, width]`. */
  readonly sizes: readonly number[]
  readonly values: Uint8Array
}

export interface Pixels {
  readonly path: string
  readonly count: number
  readonly size: ImageSize
  /** `[count, height, width, channels]` */
  readonly images: Uint8Array
}

const channelCounts = new Set([1, 3])

/**
 * Channels come last, or where only the second size can be theirs, before the pixels, as other libraries keep them.
 * @throws Failure NAS7106 other sizes, NAS7109 none, NAS7123 too many
 */
export function readPixels({ path, sizes, values }: PixelArray): Pixels {
  const [count = 0, second = 0, third = 0, last = 1] = sizes
  const isPlanar = sizes.length === 4 && !channelCounts.has(last) && channelCounts.has(second)
  if ((sizes.length !== 3 && sizes.length !== 4) || (!isPlanar && !channelCounts.has(last))) {
    throw new Failure('wrong-dimensions', {
      path,
      role: 'images',
      expected:
        'three (number x height x width) or four (number x height x width x channels, of which there are 1 or 3)',
      found: sizes.join(' x '),
    })
  }
  const size = isPlanar
    ? { height: third, width: last, channels: second }
    : { height: second, width: third, channels: last }
  if (values.length === 0) throw new Failure('no-images', { path })
  requireHeld(path, count, size)
  return { path, count, size, images: isPlanar ? withChannelsLast(values, count, size) : values }
}

function withChannelsLast(values: Uint8Array, count: number, { height, width, channels }: ImageSize): Uint8Array {
  const numbers = height * width * channels
  const images = new Uint8Array(values.length)
  for (let image = 0; image < count; image++) {
    const start = image * numbers
    interleave(values.subarray(start, start + numbers), channels, images, start)
  }
  return images
}

/** Writes the planes of an image, one for each channel, with channels last. */
export function interleave(planes: Uint8Array, channels: number, images: Uint8Array, offset: number): void {
  const pixels = planes.length / channels
  for (let channel = 0; channel < channels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      images[offset + pixel * channels + channel] = planes[channel * pixels + pixel] ?? 0
    }
  }
}
