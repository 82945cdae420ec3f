import { transposed } from '../formats/transposed.js'
import { orders } from '../formats/layouts.js'
import type { ImageShape } from './foreign.js'

/** Images with their channels before rows and columns. */
export function channelsFirst(images: Float32Array, { height, width, channels }: ImageShape): Float32Array {
  const count = images.length / (height * width * channels)
  return transposed(images, [count, height, width, channels], orders['channels-first'])
}
