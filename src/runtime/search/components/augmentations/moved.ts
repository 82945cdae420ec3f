import { placeOf, type ImageShape } from '../../../data/augmentation.js'

/**
 * An image whose pixels are taken from elsewhere: the pixel in which the place lies that `from` gives for the centre of each. Where
 * that is outside, the mean of the channel.
 */
export function moved(
  image: Float64Array,
  shape: ImageShape,
  from: (row: number, column: number) => readonly [row: number, column: number],
): Float64Array {
  const { height, width, channels, mean } = shape
  const result = new Float64Array(image.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [down, along] = from(row + 0.5, column + 0.5).map(Math.floor)
      const isInside =
        down !== undefined && along !== undefined && down >= 0 && down < height && along >= 0 && along < width
      for (let channel = 0; channel < channels; channel++) {
        result[placeOf(shape, row, column, channel)] =
          (isInside ? image[placeOf(shape, down, along, channel)] : mean[channel]) ?? 0
      }
    }
  }
  return result
}
