import type { ImageSize } from './image-set.js'

/** A part of an image. */
export interface Window {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/**
 * A window of an image scaled to a size, bilinearly between the centres of pixels.
 * @param image `[height, width, channels]`
 * @param from its size
 */
export function resized(
  image: Float64Array,
  from: ImageSize,
  window: Window,
  to: Omit<ImageSize, 'channels'>,
): Float64Array {
  const { channels } = from
  const rows = neighbours(to.height, window.top, window.height)
  const columns = neighbours(to.width, window.left, window.width)
  const result = new Float64Array(to.height * to.width * channels)
  const at = (row: number, column: number, channel: number): number =>
    image[(row * from.width + column) * channels + channel] ?? 0
  let place = 0
  for (const [upper, lower, down] of rows) {
    for (const [left, right, along] of columns) {
      for (let channel = 0; channel < channels; channel++) {
        const above = at(upper, left, channel) * (1 - along) + at(upper, right, channel) * along
        const below = at(lower, left, channel) * (1 - along) + at(lower, right, channel) * along
        result[place++] = above * (1 - down) + below * down
      }
    }
  }
  return result
}

/** Of every place on a line: the two places of the window that it lies between, and the weight of the second. */
function neighbours(length: number, first: number, size: number): readonly (readonly [number, number, number])[] {
  return Array.from({ length }, (_, place) => {
    const centre = Math.min(size - 1, Math.max(0, ((place + 0.5) * size) / length - 0.5))
    const before = Math.floor(centre)
    return [first + before, first + Math.min(size - 1, before + 1), centre - before] as const
  })
}
