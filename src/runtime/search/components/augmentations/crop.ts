import { placeOf } from '../../../data/augmentation.js'
import type { AugmentationComponent } from './augmentation.js'

/**
 * A window of the image's own size, somewhere in the image with `padding` more pixels on each side. These have the mean of
 * their channel, which is zero once they are normalised.
 */
export const crop: AugmentationComponent = (read) => {
  const padding = read.number('padding', { least: 0, integer: true })
  return (image, shape, random) => {
    const { height, width, channels, mean } = shape
    const top = random.integer(2 * padding + 1) - padding
    const left = random.integer(2 * padding + 1) - padding
    const result = new Float64Array(image.length)
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const inside = row + top >= 0 && row + top < height && column + left >= 0 && column + left < width
        for (let channel = 0; channel < channels; channel++) {
          result[placeOf(shape, row, column, channel)] =
            (inside ? image[placeOf(shape, row + top, column + left, channel)] : mean[channel]) ?? 0
        }
      }
    }
    return result
  }
}
