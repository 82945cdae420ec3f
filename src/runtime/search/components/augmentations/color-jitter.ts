import type { Augmentation, ImageShape } from '../../../data/augmentation.js'
import type { AugmentationComponent } from './augmentation.js'
import { hsvOf, rgbOf } from './hue.js'

/** One change of an image by a factor; for the hue, by a share of the circle. */
type Change = (image: Float64Array, shape: ImageShape, amount: number) => Float64Array

/**
 * Brightness, contrast and saturation by factors from 1 - `strength` to 1 + `strength`, the hue turned by up to `hue` of the
 * circle, in random order, as torchvision's ColorJitter; values stay within 0 and 1. Saturation and hue are of images with
 * three channels: others have none.
 */
export const colorJitter: AugmentationComponent = (read) =>
  jittered(read.number('strength', { least: 0 }), read.number('hue', { least: 0, most: 0.5 }))

/** @param turn of the hue, at most, as a share of the circle */
export function jittered(strength: number, turn: number): Augmentation {
  const changes: readonly Change[] = [brightness, contrast, saturation, hue]
  return (image, shape, random) => {
    // As there: the order, then all four amounts, whether or not they are used.
    const order = random.permutation(changes.length)
    const factor = (): number => {
      const least = Math.max(0, 1 - strength)
      return least + (1 + strength - least) * random.uniform()
    }
    const amounts = [factor(), factor(), factor(), turn * (2 * random.uniform() - 1)]
    return order.reduce((before, which) => changes[which]?.(before, shape, amounts[which] ?? 0) ?? before, image)
  }
}

export function brightness(image: Float64Array, _shape: ImageShape, factor: number): Float64Array {
  return image.map((value) => within(factor * value))
}

/** Away from the mean of the grey image, or towards it. */
export function contrast(image: Float64Array, shape: ImageShape, factor: number): Float64Array {
  const greys = greyOf(image, shape)
  const mean = greys.reduce((sum, grey) => sum + grey, 0) / greys.length
  return image.map((value) => within(factor * value + (1 - factor) * mean))
}

/** Away from the grey image, or towards it. */
export function saturation(image: Float64Array, shape: ImageShape, factor: number): Float64Array {
  if (shape.channels !== 3) return image
  const greys = greyOf(image, shape)
  return image.map((value, place) => within(factor * value + (1 - factor) * (greys[Math.floor(place / 3)] ?? 0)))
}

export function hue(image: Float64Array, shape: ImageShape, turn: number): Float64Array {
  if (shape.channels !== 3 || turn === 0) return image
  const result = new Float64Array(image.length)
  for (let place = 0; place < image.length; place += 3) {
    const [angle, chroma, value] = hsvOf(image[place] ?? 0, image[place + 1] ?? 0, image[place + 2] ?? 0)
    result.set(rgbOf(angle + turn, chroma, value), place)
  }
  return result
}

/** Luma by ITU-R BT.601, rounded as in torchvision; of other than three channels their mean. */
function greyOf(image: Float64Array, { channels }: ImageShape): Float64Array {
  const weights = channels === 3 ? [0.2989, 0.587, 0.114] : Array.from({ length: channels }, () => 1 / channels)
  return Float64Array.from({ length: image.length / channels }, (_, pixel) =>
    weights.reduce((sum, weight, channel) => sum + weight * (image[pixel * channels + channel] ?? 0), 0),
  )
}

function within(value: number): number {
  return Math.min(1, Math.max(0, value))
}
