import type { Random } from '../random/random.js'

/**
 * Sets a square of a normalised image to zero: of this side, centred on any pixel and cut off at the border (DeVries and
 * Taylor 2017).
 * @param images the image begins at `offset`
 * @param random a stream of this image alone
 */
export function cutOut(
  images: Float32Array,
  offset: number,
  { height, width, channels }: { readonly height: number; readonly width: number; readonly channels: number },
  side: number,
  random: Random,
): void {
  const top = random.integer(height) - Math.floor(side / 2)
  const left = random.integer(width) - Math.floor(side / 2)
  const firstColumn = Math.max(0, left)
  const lastColumn = Math.min(width, left + side)
  for (let row = Math.max(0, top); row < Math.min(height, top + side); row++) {
    const start = offset + row * width * channels
    images.fill(0, start + firstColumn * channels, start + lastColumn * channels)
  }
}
