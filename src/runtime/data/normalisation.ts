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
  const sums = new Array<number>(channels).fill(0)
  const squares = new Array<number>(channels).fill(0)
  for (let position = 0; position < indices.length; position++) {
    const start = (indices[position] ?? 0) * size
    for (let offset = 0; offset < size; offset++) {
      const channel = offset % channels
      const byte = set.images[start + offset] ?? 0
      sums[channel] = (sums[channel] ?? 0) + byte
      squares[channel] = (squares[channel] ?? 0) + byte * byte
    }
  }
  const pixels = Math.max(1, (indices.length * size) / channels)
  const mean = sums.map((sum) => sum / pixels / 255)
  const deviation = squares.map((square, channel) => {
    const average = (sums[channel] ?? 0) / pixels
    const variance = square / pixels - average * average
    return variance > 1e-9 ? Math.sqrt(variance) / 255 : 1
  })
  return { mean, deviation }
}
