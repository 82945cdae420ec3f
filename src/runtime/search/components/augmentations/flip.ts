import { placeOf, type Augmentation } from '../../../data/augmentation.js'
import type { AugmentationComponent } from './augmentation.js'

/** Mirrored left to right, every second time. */
export const flip: AugmentationComponent = () => mirrored

export const mirrored: Augmentation = (image, shape, random) => {
  if (random.integer(2) === 0) return image
  const { height, width, channels } = shape
  const result = new Float64Array(image.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      for (let channel = 0; channel < channels; channel++) {
        result[placeOf(shape, row, column, channel)] = image[placeOf(shape, row, width - 1 - column, channel)] ?? 0
      }
    }
  }
  return result
}
