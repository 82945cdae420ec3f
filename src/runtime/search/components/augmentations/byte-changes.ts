import type { ImageShape } from '../../../data/augmentation.js'

/** Changes of images that are defined for pixels of 256 values, as the documentation of Pillow has them. Pixels are from 0 to 1. */
export function inverted(image: Float64Array): Float64Array {
  return image.map((value) => 1 - value)
}

/** The `bits` highest bits of every pixel. */
export function posterized(image: Float64Array, bits: number): Float64Array {
  const step = 2 ** (8 - bits)
  return image.map((value) => (Math.floor(byteOf(value) / step) * step) / 255)
}

/** Pixels from a threshold on (0 to 256) are inverted. */
export function solarized(image: Float64Array, threshold: number): Float64Array {
  return image.map((value) => (byteOf(value) < threshold ? value : 1 - value))
}

/** The darker half of the pixels is made lighter by so much. */
export function solarizedAfter(image: Float64Array, added: number): Float64Array {
  return image.map((value) => (byteOf(value) < 128 ? Math.min(1, value + added / 255) : value))
}

/** Every channel stretched to the whole range. */
export function autoContrast(image: Float64Array, shape: ImageShape): Float64Array {
  return byChannel(image, shape, (values) => {
    const [least, most] = [Math.min(...values), Math.max(...values)]
    return (value) => (most > least ? (value - least) / (most - least) : value)
  })
}

/** Every channel such that all values are about equally often there. */
export function equalize(image: Float64Array, shape: ImageShape): Float64Array {
  return byChannel(image, shape, (values) => {
    const counts = new Uint32Array(256)
    for (const value of values) counts[byteOf(value)] = (counts[byteOf(value)] ?? 0) + 1
    const last = counts.findLast((count) => count > 0) ?? 0
    const step = Math.floor((values.length - last) / 255)
    if (step === 0) return (value) => value
    let below = Math.floor(step / 2)
    const table = Array.from(counts, (count) => {
      const level = Math.min(255, Math.floor(below / step))
      below += count
      return level / 255
    })
    return (value) => table[byteOf(value)] ?? value
  })
}

function byChannel(
  image: Float64Array,
  { channels }: ImageShape,
  change: (values: Float64Array) => (value: number) => number,
): Float64Array {
  const changes = Array.from({ length: channels }, (_, channel) =>
    change(image.filter((_value, place) => place % channels === channel)),
  )
  return image.map((value, place) => changes[place % channels]?.(value) ?? value)
}

function byteOf(value: number): number {
  return Math.min(255, Math.max(0, Math.round(255 * value)))
}
