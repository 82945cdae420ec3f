import type { Random } from '../random/random.js'

/** What happens to a training image, in this order. Absent: nothing. */
export interface Augmentation {
  /** Zeros are put around the normalised image, this many pixels on each side, and a window of the old size is cut out. */
  readonly crop?: number
  /** Mirrored left to right, every second time. */
  readonly flip?: boolean
  /** A square of this side, centred on any pixel and cut off at the border, is set to zero (DeVries and Taylor 2017). */
  readonly cutout?: number
}

/** Words of the stream that an image may use: far more than it does, so that images never share any. */
export const wordsPerImage = 64

/**
 * Copies one normalised image, augmented.
 * @param source `[height, width, channels]`
 * @param target same shape, at `offset`
 * @param random a stream of this image alone
 */
export function augmentImage(
  source: Float32Array,
  target: Float32Array,
  offset: number,
  { height, width, channels }: { height: number; width: number; channels: number },
  augmentation: Augmentation,
  random: Random,
): void {
  const padding = augmentation.crop ?? 0
  const top = padding > 0 ? random.integer(2 * padding + 1) - padding : 0
  const left = padding > 0 ? random.integer(2 * padding + 1) - padding : 0
  const mirrored = augmentation.flip === true && random.integer(2) === 1
  target.fill(0, offset, offset + height * width * channels)
  for (let row = 0; row < height; row++) {
    const from = row + top
    if (from < 0 || from >= height) continue
    for (let column = 0; column < width; column++) {
      const fromColumn = (mirrored ? width - 1 - column : column) + left
      if (fromColumn < 0 || fromColumn >= width) continue
      const read = (from * width + fromColumn) * channels
      const write = offset + (row * width + column) * channels
      for (let channel = 0; channel < channels; channel++) target[write + channel] = source[read + channel] ?? 0
    }
  }
  const side = augmentation.cutout ?? 0
  if (side > 0) {
    const centreRow = random.integer(height)
    const centreColumn = random.integer(width)
    const firstRow = Math.max(0, centreRow - Math.floor(side / 2))
    const lastRow = Math.min(height, centreRow - Math.floor(side / 2) + side)
    const firstColumn = Math.max(0, centreColumn - Math.floor(side / 2))
    const lastColumn = Math.min(width, centreColumn - Math.floor(side / 2) + side)
    for (let row = firstRow; row < lastRow; row++) {
      const start = offset + row * width * channels
      target.fill(0, start + firstColumn * channels, start + lastColumn * channels)
    }
  }
}
