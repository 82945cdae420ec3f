import { placeOf, type Augmentation, type ImageShape } from '../../../data/augmentation.js'
import type { Span } from '../component-use.js'
import type { AugmentationComponent } from './augmentation.js'
import { sometimes } from './sometimes.js'

/**
 * With this probability convolved with a Gaussian bell, whose standard deviation in pixels is drawn evenly from a span, as in
 * SimCLR (Chen et al., ICML 2020, appendix A).
 */
export const blur: AugmentationComponent = (read) =>
  sometimes(read.number('chance', { least: 0, most: 1 }), blurredBy(read.span('deviation', { above: 0 })))

export function blurredBy({ from, to }: Span): Augmentation {
  return (image, shape, random) => blurred(image, shape, from + (to - from) * random.uniform())
}

/** Deviations to each side within which the bell is summed: beyond lies less than 0.01 %. */
const reach = 4

/** Convolved with a Gaussian bell of this standard deviation in pixels. The border is repeated outwards. */
export function blurred(image: Float64Array, shape: ImageShape, deviation: number): Float64Array {
  const weights = bell(deviation)
  const rows = convolved(image, shape, weights, (row, column, shift) => [row + shift, column])
  return convolved(rows, shape, weights, (row, column, shift) => [row, column + shift])
}

/** Shares that add up to 1, from the left to the right. */
function bell(deviation: number): readonly number[] {
  const radius = Math.max(1, Math.ceil(reach * deviation))
  const heights = Array.from({ length: 2 * radius + 1 }, (_, place) =>
    Math.exp(-((place - radius) ** 2) / (2 * deviation ** 2)),
  )
  const sum = heights.reduce((total, height) => total + height, 0)
  return heights.map((height) => height / sum)
}

function convolved(
  image: Float64Array,
  shape: ImageShape,
  weights: readonly number[],
  moved: (row: number, column: number, shift: number) => readonly [row: number, column: number],
): Float64Array {
  const { height, width, channels } = shape
  const radius = (weights.length - 1) / 2
  const result = new Float64Array(image.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      weights.forEach((weight, place) => {
        const [down, along] = moved(row, column, place - radius)
        const from = [within(down, height), within(along, width)] as const
        for (let channel = 0; channel < channels; channel++) {
          const to = placeOf(shape, row, column, channel)
          result[to] = (result[to] ?? 0) + weight * (image[placeOf(shape, ...from, channel)] ?? 0)
        }
      })
    }
  }
  return result
}

function within(place: number, length: number): number {
  return Math.min(length - 1, Math.max(0, place))
}
