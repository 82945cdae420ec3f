import { placeOf, type ImageShape } from '../../../data/augmentation.js'
import type { Random } from '../../../random/random.js'
import type { AugmentationComponent } from './augmentation.js'

/** A part of an image. */
interface Window {
  readonly top: number
  readonly left: number
  readonly height: number
  readonly width: number
}

/** Width to height of a window. */
const aspect = { least: 3 / 4, most: 4 / 3 }
/** Draws of a window before the centre is taken. */
const draws = 10

/**
 * A window of a share of the area and of an aspect between 3/4 and 4/3, scaled to the size of the image; after ten windows
 * that do not fit it is the centre. As in Szegedy et al., Going Deeper with Convolutions, CVPR 2015, section 6, with the
 * distributions of torchvision.
 */
export const randomResizedCrop: AugmentationComponent = (read) => {
  const area = read.span('area', { above: 0, most: 1 })
  return (image, shape, random) => resized(image, shape, drawWindow(shape, area, random))
}

function drawWindow(
  { height, width }: ImageShape,
  area: { readonly from: number; readonly to: number },
  random: Random,
): Window {
  for (let draw = 0; draw < draws; draw++) {
    const wanted = height * width * between(area.from, area.to, random)
    const ratio = Math.exp(between(Math.log(aspect.least), Math.log(aspect.most), random))
    const size = { width: Math.round(Math.sqrt(wanted * ratio)), height: Math.round(Math.sqrt(wanted / ratio)) }
    if (size.width < 1 || size.width > width || size.height < 1 || size.height > height) continue
    const top = random.integer(height - size.height + 1)
    return { ...size, top, left: random.integer(width - size.width + 1) }
  }
  return centreOf(height, width)
}

/** The largest window in the centre that has an aspect within the bounds. */
export function centreOf(height: number, width: number): Window {
  const size = {
    width: Math.min(width, Math.round(height * aspect.most)),
    height: Math.min(height, Math.round(width / aspect.least)),
  }
  return { ...size, top: Math.floor((height - size.height) / 2), left: Math.floor((width - size.width) / 2) }
}

/** A window scaled up to the size of the image, bilinearly between the centres of pixels. */
export function resized(image: Float64Array, shape: ImageShape, window: Window): Float64Array {
  const { height, width, channels } = shape
  const rows = neighbours(height, window.top, window.height)
  const columns = neighbours(width, window.left, window.width)
  const result = new Float64Array(image.length)
  const at = (row: number, column: number, channel: number): number => image[placeOf(shape, row, column, channel)] ?? 0
  rows.forEach(([upper, lower, down], row) => {
    columns.forEach(([left, right, along], column) => {
      for (let channel = 0; channel < channels; channel++) {
        const above = at(upper, left, channel) * (1 - along) + at(upper, right, channel) * along
        const below = at(lower, left, channel) * (1 - along) + at(lower, right, channel) * along
        result[placeOf(shape, row, column, channel)] = above * (1 - down) + below * down
      }
    })
  })
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

function between(from: number, to: number, random: Random): number {
  return from + (to - from) * random.uniform()
}
