import type { ImageSet } from './image-set.js'

/** Per channel, of values in 0..1: a pixel becomes `(byte / 255 - mean) / deviation`. */
export interface Normalisation {
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/**
 * Mean and standard deviation (of the population) per channel over the given images: the training part. Sums are of
 * integers and exact, so the order of the images does not matter. A channel that is constant gets deviation 1.
 */
export function measureNormalisation(set: ImageSet, indices: ArrayLike<number>, channels: number): Normalisation {
  const size = set.images.length / set.count
  // How often each value stands in each channel: one addition per byte.
  const histogram = new Float64Array(channels * 256)
  for (let position = 0; position < indices.length; position++) {
    const start = (indices[position] ?? 0) * size
    for (let channel = 0; channel < channels; channel++) {
      for (let place = start + channel; place < start + size; place += channels) {
        const value = channel * 256 + (set.images[place] ?? 0)
        histogram[value] = (histogram[value] ?? 0) + 1
      }
    }
  }
  const pixels = Math.max(1, (indices.length * size) / channels)
  const mean: number[] = []
  const deviation: number[] = []
  for (let channel = 0; channel < channels; channel++) {
    const counts = histogram.subarray(channel * 256, (channel + 1) * 256)
    const average = counts.reduce((sum, count, byte) => sum + count * byte, 0) / pixels
    const square = counts.reduce((sum, count, byte) => sum + count * byte * byte, 0) / pixels
    const variance = square - average * average
    mean.push(average / 255)
    deviation.push(variance > 1e-9 ? Math.sqrt(variance) / 255 : 1)
  }
  return { mean, deviation }
}
